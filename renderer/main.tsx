import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './app/app.css';
import './app/print.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { preferences } from './app/preferences';
import { startEngine } from './engine/start';
import { chooseLanguage, startI18n } from './i18n/i18n';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
await startI18n(chooseLanguage(preferences.getState().language, navigator.languages));
createRoot(root).render(<App engine={startEngine()} />);
