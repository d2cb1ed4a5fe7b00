import { ActionIcon, Anchor, Button, Drawer, Stack, Text, Title } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Why } from '../../shared/network/why';
import type { Steps } from '../../shared/steps';
import { useNetwork, useNetworkStore } from '../app/network';
import { useSteps } from '../app/steps';
import type { EventView } from '../../shared/engine/contract';
import { ClauseLink } from './clause-link';
import { ErrorState } from './errors';
import { EventSentence } from './events/event-sentence';
import { Proof, type Sealed } from './finality';
import { Loading } from './loading';
import { Moment } from './moment';
import classes from './why-button.module.css';

/** Of a figure with a long history only the newest are listed; the record has them all. */
const MAX_LISTED = 100;

interface Props {
  /** As a function, which is to be memoised, it is worked out when somebody asks. */
  readonly why: Why | (() => Steps<Why>);
  /** What is explained, for the drawer's title and for screen readers, such as "Balance of bank". */
  readonly label?: string;
  /** A button with words instead of a question mark. */
  readonly withText?: boolean;
  /** The height that the row itself names, null while it is provisional; left out, the events are asked. */
  readonly sealed?: Sealed;
  /** Of what is not decided yet: what has to come before it can be final. */
  readonly waits?: ReactNode;
}

/** Opens a figure or a result down to the clause, the signed events and the seal behind it. */
export function WhyButton({ why, label, withText = false, sealed, waits }: Props) {
  const { t } = useTranslation('ui');
  const [opened, setOpened] = useState(false);
  const title = label === undefined ? t('why.title') : t('why.titleOf', { label });
  return (
    <>
      {withText ? (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconHelpCircle size={16} />}
          onClick={() => setOpened(true)}
          aria-haspopup="dialog"
        >
          {t('why.button')}
        </Button>
      ) : (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={title}
          title={title}
          aria-haspopup="dialog"
          onClick={() => setOpened(true)}
        >
          <IconHelpCircle size={16} />
        </ActionIcon>
      )}
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        title={title}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {opened &&
          (typeof why === 'function' ? (
            <WorkedOut why={why} sealed={sealed} />
          ) : (
            <WhyContent why={why} sealed={sealed} waits={waits} />
          ))}
      </Drawer>
    </>
  );
}

function WorkedOut({ why, sealed }: { readonly why: () => Steps<Why>; readonly sealed: Sealed }) {
  const found = useSteps(why);
  return found === undefined ? <Loading /> : <WhyContent why={found} sealed={sealed} />;
}

interface ContentProps {
  readonly why: Why;
  readonly sealed: Sealed;
  readonly waits?: ReactNode;
}

/** The clause, the events and the seal behind something, and what it waits for. */
export function WhyContent({ why, sealed, waits }: ContentProps) {
  const { t } = useTranslation('ui');
  const listed = why.events.slice(-MAX_LISTED);
  const [events, error, retry] = useEvents(listed);
  return (
    <Stack gap="lg">
      {why.clause !== undefined && <ClauseLink clause={why.clause} />}
      <section>
        <Title order={3} size="h4" mb="xs">
          {t('why.events', { count: why.events.length })}
        </Title>
        {error !== undefined && <ErrorState error={error} retry={retry} />}
        {events === undefined && error === undefined && <Loading />}
        {events !== undefined && (
          <ol className={classes['events']}>
            {events.map((view) => (
              <li key={view.id}>
                <EventSentence view={view} />
                <Text size="sm" c="dimmed" className={classes['line'] ?? ''}>
                  <Moment time={view.time} exact /> ·{' '}
                  <Anchor component={Link} href={`/record/${view.id}`} inherit>
                    {t('why.signed')}
                  </Anchor>{' '}
                  · {view.seal === null ? t('why.unsealed') : t('why.inSeal', { height: view.seal })}
                </Text>
              </li>
            ))}
          </ol>
        )}
        {listed.length < why.events.length && (
          <Text size="sm" c="dimmed" mt="sm">
            {t('why.more', { count: why.events.length - listed.length })}
          </Text>
        )}
      </section>
      {waits !== undefined && (
        <section>
          <Title order={3} size="h4" mb="xs">
            {t('why.waits')}
          </Title>
          {waits}
        </section>
      )}
      {why.events.length > 0 && <Proof events={why.events} sealed={sealed} />}
    </Stack>
  );
}

function useEvents(ids: readonly string[]): [readonly EventView[] | undefined, unknown, () => void] {
  const store = useNetworkStore();
  const { seals } = useNetwork().state;
  const [events, setEvents] = useState<readonly EventView[]>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const key = ids.join();
  useEffect(() => {
    let stale = false;
    setError(undefined);
    Promise.all((key === '' ? [] : key.split(',')).map((id) => store.engine.event(store.id, id))).then(
      (found) => stale || setEvents(found),
      (failure: unknown) => stale || setError(failure),
    );
    return () => {
      stale = true;
    };
  }, [store, key, seals, attempt]);
  return [events, error, () => setAttempt((count) => count + 1)];
}
