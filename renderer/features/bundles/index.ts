export { BundlesPage } from './bundles-page';
