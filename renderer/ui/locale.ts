import { useTranslation } from 'react-i18next';

/**
 * The locale in which numbers and dates are written: the app's language, in the region that the browser asks for when it
 * speaks that language (`en` and a browser in `en-GB` give `en-GB`).
 */
export function localeFor(language: string, preferred: readonly string[]): string {
  const primary = language.split('-')[0];
  return preferred.find((tag) => tag.split('-')[0] === primary) ?? language;
}

export function useLocale(): string {
  const { i18n } = useTranslation();
  return localeFor(i18n.resolvedLanguage ?? i18n.language, navigator.languages);
}
