import i18next from 'i18next';
import effects from '../../shared/words/en/effects.json';
import errors from '../../shared/words/en/errors.json';
import sync from '../../shared/words/en/sync.json';
import templates from '../../shared/words/en/templates.json';
import type { Translate } from '../../shared/words/translate';

/** Commands answer in English, whatever the machine speaks: scripts read them. */
const i18n = i18next.createInstance();
await i18n.init({
  lng: 'en',
  resources: { en: { errors, effects, sync, templates } },
  interpolation: { escapeValue: false },
});

export const templateWords = i18n.getFixedT('en', 'templates') as Translate;

/** The words for how one is connected and what is in the way; the same as on screens. */
export const syncWords = i18n.getFixedT('en', 'sync') as Translate;

/** The words for an error's code; the same as on screens. */
export function errorWords(code: string, params: Readonly<Record<string, string | number>>): string {
  const plain = code.replace(/^refused-/, '');
  const ns = ['errors', 'effects'].find((each) => i18n.exists(plain, { ns: each }));
  // Some say more where it is known what was wrong.
  const context = String(params['why'] ?? (params['field'] === undefined ? '' : 'field'));
  return ns === undefined ? i18n.t('unknown', { ns: 'errors', code }) : i18n.t(plain, { ...params, ns, context });
}
