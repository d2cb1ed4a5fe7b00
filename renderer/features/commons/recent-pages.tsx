import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { MemberName } from '../../ui/member-name';
import { Moment } from '../../ui/moment';
import { useCommons } from './commons-context';
import { pathTo } from './tree-rows';

const SHOWN = 10;

/** The pages that were made last. */
export function RecentPages() {
  const { t } = useTranslation('commons');
  const { all, tree } = useCommons();
  const recent = useMemo(
    () =>
      [...all.values()]
        .filter(({ deleted }) => !deleted)
        .sort((a, b) => b.time - a.time)
        .slice(0, SHOWN),
    [all],
  );
  return (
    <Stack gap="sm">
      <Title order={2} size="h3">
        {t('recent')}
      </Title>
      {recent.map(({ id, title, by, time }) => (
        <Group key={id} justify="space-between" gap="xs">
          <Text component="div">
            <Anchor component={Link} href={`/commons/${id}`} dir="auto">
              {title === '' ? t('untitled') : title}
            </Anchor>
            <Text span size="sm" c="dimmed" dir="auto">
              {' '}
              {pathTo(tree, id)
                .map((above) => (above.title === '' ? t('untitled') : above.title))
                .join(' › ')}
            </Text>
          </Text>
          <Text size="sm" c="dimmed">
            {by !== null && (
              <>
                <MemberName id={by} /> ·{' '}
              </>
            )}
            <Moment time={time} />
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
