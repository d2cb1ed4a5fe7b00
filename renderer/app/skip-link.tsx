import { useTranslation } from 'react-i18next';
import classes from './skip-link.module.css';

/** The first stop of the keyboard: past the navigation. A button, since the hash of the address is the router's. */
export function SkipLink() {
  const { t } = useTranslation('app');
  return (
    <button type="button" className={classes['skip']} onClick={() => document.getElementById('main')?.focus()}>
      {t('skip')}
    </button>
  );
}
