import { Anchor, Badge, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { CertaintyBadge, placeOf, useDiscussion } from '../../ui/certainty';
import classes from './home.module.css';

/** So many are named; the list of all is a link away. */
const NAMED = 6;

/**
 * What is under review, contested or stale, the most urgent first, and the way to the list of all that needs more discussion. Of untested
 * protocols, which are all of them in a network that has just begun, it says how many there are.
 */
export function Disputed() {
  const { t } = useTranslation('certainty');
  const { open, whole } = useDiscussion(false);
  const disputed = open.filter(({ certainty: { level } }) => level !== 'untested');
  const untested = open.length - disputed.length;
  const more = Math.max(0, disputed.length - NAMED);
  return (
    <section aria-labelledby="disputed">
      <Title order={2} id="disputed" mb="xs">
        {t('home.title')}
      </Title>
      {whole && disputed.length === 0 && <Text c="dimmed">{t('home.none')}</Text>}
      <ul className={classes['list']}>
        {disputed.slice(0, NAMED).map((one) => (
          <li key={`${one.kind} ${one.id}`}>
            <Group justify="space-between" gap="xs">
              <Group gap="xs" className={classes['disputed']}>
                <Anchor component={Link} href={placeOf(one)} c="inherit">
                  <bdi>{one.title}</bdi>
                </Anchor>
                {one.kind === 'page' && <Badge color="gray">{t('list.page')}</Badge>}
              </Group>
              <CertaintyBadge level={one.certainty.level} />
            </Group>
          </li>
        ))}
      </ul>
      {untested > 0 && (
        <Text c="dimmed" size="sm" mt="xs">
          {t('home.untested', { count: untested })}
        </Text>
      )}
      <Anchor component={Link} href="/agreement?view=certainty" size="sm" mt="xs" display="inline-block">
        {more > 0 ? t('home.more', { count: more }) : t('home.all')}
      </Anchor>
    </section>
  );
}
