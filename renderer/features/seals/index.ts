export { SealsPage } from './seals-page';
export { VerifyEverything } from './verify-everything';
