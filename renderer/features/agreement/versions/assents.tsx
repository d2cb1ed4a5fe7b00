import { Group, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { assentsTo, isAssent } from '../../../../shared/network/agreement/assent';
import type { AgreementVersion } from '../../../../shared/network/agreement/model';
import { useNetwork } from '../../../app/network';
import { MemberName } from '../../../ui';
import { AssentWords } from '../../../ui/assent/assent-words';
import classes from './assents.module.css';

/** What each member said to a version, with the event by which they did. */
export function Assents({ version }: { readonly version: AgreementVersion }) {
  const { t } = useTranslation('assent');
  const { state } = useNetwork();
  const assents = useMemo(() => assentsTo(state, version), [state, version]);
  const given = assents.filter(isAssent).length;
  return (
    <section aria-label={t('title')}>
      <Title order={3} mb={4}>
        {t('title')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('given', { given, count: assents.length })}
      </Text>
      <ul className={classes['list']}>
        {assents.map((assent) => (
          <li key={assent.member}>
            <Group gap={6}>
              <Text span fw={600}>
                <MemberName id={assent.member} link />
              </Text>
              <AssentWords assent={assent} />
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}
