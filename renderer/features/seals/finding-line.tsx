import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Finding } from '../../../shared/seal/verify';

/** One finding in a sentence, with the events that show it. */
export function FindingLine({ finding: { code, event, other, params } }: { readonly finding: Finding }) {
  const { t, i18n } = useTranslation('seals');
  const known = i18n.exists(`finding.${code}`, { ns: 'seals' });
  return (
    <>
      {known ? t(`finding.${code}`, params) : t('finding.unknown', { code })}
      {[event, other].map(
        (id) =>
          typeof id === 'string' && (
            <span key={id}>
              {' '}
              <Anchor component={Link} href={`/record/${id}`} inherit c="inherit" underline="always">
                {t('finding.event', { id: id.slice(0, 12) })}
              </Anchor>
            </span>
          ),
      )}
    </>
  );
}
