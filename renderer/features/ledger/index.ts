export { LedgerRoutes } from './ledger-routes';
