import { useTranslation } from 'react-i18next';

/** "seal 12", or "the founding" where there is none. */
export function useSealWords(): (height: number | null) => string {
  const { t } = useTranslation('seals');
  return (height) => (height === null || height === 0 ? t('origin.founding') : t('origin.seal', { height }));
}
