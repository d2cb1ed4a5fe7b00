import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Assent } from '../../../shared/network/agreement/assent';
import { WhyButton } from '../why-button';

/** What one member said to a version of the agreement, in words, down to the event by which they did. */
export function AssentWords({ assent, label }: { readonly assent: Assent; readonly label?: string }) {
  const { t } = useTranslation('assent');
  const { how, late, why } = assent;
  const words = t(`how.${how}`);
  return (
    <>
      <Text span>
        {words}
        {late && <> {t('late')}</>}
      </Text>
      {why.events.length > 0 && <WhyButton why={why} label={label === undefined ? words : `${label}: ${words}`} />}
    </>
  );
}
