import { Anchor, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState, useTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Judged } from '../../../../shared/network/certainty/discussion';
import { hasRight } from '../../../../shared/network/membership/queries';
import { useMe, useNetwork } from '../../../app/network';
import { ErrorState, WithRight } from '../../../ui';
import { CertaintyView, placeOf, useDiscussion } from '../../../ui/certainty';
import classes from './certainty.module.css';

/** Rows that are drawn at first, and with each time that more are asked for. */
const DRAWN = 50;

/** Every protocol and page with its certainty: first what needs more discussion, then what members are certain of. */
export default function CertaintyTab() {
  const { t } = useTranslation('certainty');
  const { open, settled, undecided, whole, error } = useDiscussion();
  return (
    <Stack gap="xl">
      <Text c="dimmed" maw="var(--peerhold-measure)">
        {t('intro')}
      </Text>
      {open.length > 0 && (
        <div>
          <WithRight right="propose" what={t('list.proposeWhat')} />
        </div>
      )}
      <section aria-labelledby="needs-discussion">
        <Title order={2} id="needs-discussion" mb="xs">
          {t('list.more')}
        </Title>
        {open.length > 0 ? <Rows rows={open} /> : whole && <Text c="dimmed">{t('list.nothing')}</Text>}
      </section>
      <div role="status">
        {!whole && error === undefined && (
          <Text size="sm" c="dimmed">
            {t('list.looking')}
          </Text>
        )}
      </div>
      {error !== undefined && <ErrorState error={error} />}
      {settled.length > 0 && (
        <section aria-labelledby="certain">
          <Title order={2} id="certain" mb="xs">
            {t('list.settled')}
          </Title>
          <Rows rows={settled} />
        </section>
      )}
      {undecided > 0 && (
        <Text size="sm" c="dimmed">
          {t('list.undecided', { count: undecided })}
        </Text>
      )}
    </Stack>
  );
}

/** The first of these, and more when asked: a thousand rows at once would hold the window up. */
function Rows({ rows }: { readonly rows: readonly Judged[] }) {
  const { t } = useTranslation('certainty');
  const { state } = useNetwork();
  const me = useMe();
  const mayPropose = me !== null && hasRight(state, me.member, 'propose');
  const [drawn, setDrawn] = useState(DRAWN);
  const [isDrawing, draw] = useTransition();
  const left = rows.length - drawn;
  return (
    <>
      <ul className={classes['rows']}>
        {rows.slice(0, drawn).map((row) => (
          <Row key={`${row.kind} ${row.id}`} row={row} mayPropose={mayPropose} />
        ))}
      </ul>
      {left > 0 && (
        <Button variant="default" mt="sm" loading={isDrawing} onClick={() => draw(() => setDrawn(drawn + DRAWN))}>
          {t('list.further', { count: Math.min(left, DRAWN), left })}
        </Button>
      )}
    </>
  );
}

function Row({ row, mayPropose }: { readonly row: Judged; readonly mayPropose: boolean }) {
  const { t } = useTranslation('certainty');
  const { kind, id, title, certainty } = row;
  return (
    <li className={classes['row']}>
      <Group gap="xs">
        <Anchor component={Link} href={placeOf(row)} fw={600} inherit>
          <bdi>{title}</bdi>
        </Anchor>
        <Badge color="gray">{t(`list.${kind}`)}</Badge>
      </Group>
      <CertaintyView certainty={certainty} of={title} all />
      {mayPropose && certainty.level !== 'review' && certainty.level !== 'adopted' && (
        <Anchor
          component={Link}
          href={`/decisions/new?about=${kind}/${id}`}
          size="sm"
          aria-label={t('list.proposeOf', { title })}
        >
          {t('list.propose')}
        </Anchor>
      )}
    </li>
  );
}
