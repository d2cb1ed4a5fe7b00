export { NetworkSettingsPage, SettingsPage } from './settings-page';
