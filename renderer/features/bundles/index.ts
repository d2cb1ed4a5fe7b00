export { BackupPage } from './backup-page';
export { BundlesPage } from './bundles-page';
export { RestorePage } from './restore-page';
