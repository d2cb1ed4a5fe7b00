export { RecordRoutes } from './record-routes';
