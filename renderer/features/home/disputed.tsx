import { Anchor, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { versionInForce } from '../../../shared/network/agreement/queries';
import { useNetwork } from '../../app/network';
import { CertaintyBadge, useProtocolCertainties } from '../../ui/certainty';
import classes from './home.module.css';

/** The protocols that are under review or contested, and the way to the list of all that needs more discussion. */
export function Disputed() {
  const { t } = useTranslation('certainty');
  const { state } = useNetwork();
  const certainties = useProtocolCertainties();
  const disputed = (versionInForce(state)?.protocols ?? []).flatMap(({ id, title }) => {
    const level = certainties.get(id)?.level;
    return level === 'review' || level === 'contested' ? [{ id, title, level }] : [];
  });
  return (
    <section aria-labelledby="disputed">
      <Title order={2} id="disputed" mb="xs">
        {t('home.title')}
      </Title>
      {disputed.length === 0 && <Text c="dimmed">{t('home.none')}</Text>}
      <ul className={classes['list']}>
        {disputed.map(({ id, title, level }) => (
          <li key={id}>
            <Group justify="space-between" gap="xs">
              <Anchor component={Link} href={`/agreement?protocol=${id}`} c="inherit">
                <bdi>{title}</bdi>
              </Anchor>
              <CertaintyBadge level={level} />
            </Group>
          </li>
        ))}
      </ul>
      <Anchor component={Link} href="/agreement?view=certainty" size="sm" mt="xs" display="inline-block">
        {t('home.all')}
      </Anchor>
    </section>
  );
}
