import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { assentsOf } from '../../../shared/network/agreement/assent';
import { useNetwork } from '../../app/network';
import { AssentWords } from '../../ui/assent/assent-words';
import classes from './members.module.css';

const SHOWN_AT_FIRST = 5;

/** To which versions of the agreement a member has said what. */
export function AssentsOf({ member }: { readonly member: string }) {
  const { t } = useTranslation('assent');
  const { state } = useNetwork();
  const [all, setAll] = useState(false);
  const assents = useMemo(() => assentsOf(state, member), [state, member]);
  if (assents.length === 0) return null;
  const shown = all ? assents : assents.slice(0, SHOWN_AT_FIRST);
  return (
    <section aria-labelledby="assents">
      <Title order={2} id="assents" mb="xs">
        {t('ofMember')}
      </Title>
      <ul className={classes['assents']}>
        {shown.map(({ version, assent }) => (
          <li key={version.id}>
            <Group gap={6}>
              <Anchor component={Link} href={`/agreement?view=versions&read=${version.id}`}>
                {t('version', { number: version.number })}
              </Anchor>
              <AssentWords assent={assent} label={t('version', { number: version.number })} />
            </Group>
          </li>
        ))}
      </ul>
      {shown.length < assents.length && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setAll(true)}>
          {t('more', { count: assents.length - shown.length })}
        </Button>
      )}
      <Text size="sm" c="dimmed" mt="xs">
        {t('hint')}
      </Text>
    </section>
  );
}
