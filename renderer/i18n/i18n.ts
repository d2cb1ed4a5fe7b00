import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

/** Every `<language>/<namespace>.json` of this folder, and what the command line says as well. */
const files = import.meta.glob<Record<string, unknown>>(['./*/*.json', '../../shared/words/*/*.json'], {
  eager: true,
  import: 'default',
});

const resources: Record<string, Record<string, Record<string, unknown>>> = {};
for (const [path, words] of Object.entries(files)) {
  const [, language, namespace] = /([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
  if (language !== undefined && namespace !== undefined) (resources[language] ??= {})[namespace] = words;
}

export const FALLBACK_LANGUAGE = 'en';
/** Language tags that the app has words for. */
export const LANGUAGES: readonly string[] = Object.keys(resources).toSorted();

/** The language to use: the person's choice, else the first of the browser's that we have, else English. */
export function chooseLanguage(chosen: string | null, preferred: readonly string[], known = LANGUAGES): string {
  if (chosen !== null && known.includes(chosen)) return chosen;
  for (const tag of preferred) {
    if (known.includes(tag)) return tag;
    const primary = tag.split('-')[0] ?? tag;
    if (known.includes(primary)) return primary;
  }
  return FALLBACK_LANGUAGE;
}

/** Starts i18next with all words in the bundle: nothing is fetched later, so no string flashes as its key. */
export async function startI18n(language: string): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: FALLBACK_LANGUAGE,
    supportedLngs: LANGUAGES,
    ns: Object.keys(resources[FALLBACK_LANGUAGE] ?? {}),
    defaultNS: 'ui',
    // React escapes; escaping here as well would show entities.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
}

export async function setLanguage(language: string): Promise<void> {
  await i18next.changeLanguage(language);
}

/** Writing direction of a language. */
export const directionOf = (language: string): 'ltr' | 'rtl' => i18next.dir(language);
