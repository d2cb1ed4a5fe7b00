import { Button, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NamedVersion, stateOf } from '../../../shared/commons/versions';
import type { OpenDoc } from '../../app/docs';
import { ErrorState } from '../../ui/errors';
import { Loading } from '../../ui/loading';
import { Moment } from '../../ui/moment';
import { Author } from './author';
import type { Chosen } from './chosen';
import classes from './history.module.css';
import { NameForm } from './name-form';
import type { DocHistory } from './use-history';

/** Entries shown at first, newest first; older ones on demand. */
const PAGE = 50;

interface Props {
  readonly doc: OpenDoc;
  readonly history: DocHistory;
  /** The document that takes names; null: none are given here. */
  readonly names: OpenDoc | null;
  readonly versions: readonly NamedVersion[];
  readonly onChoose: (chosen: Chosen) => void;
  /** Left out where nothing is new to this person. */
  readonly onSeen?: () => void;
}

/** The states of a text: those with a name, then every change. */
export function HistoryList({ doc, history, names, versions, onChoose, onSeen }: Props) {
  const { t } = useTranslation('editor');
  const [shown, setShown] = useState(PAGE);
  const { changes, error, reload } = history;
  if (error !== undefined) return <ErrorState error={error} retry={reload} />;
  if (changes === undefined) return <Loading />;
  if (changes.length === 0) return <Text c="dimmed">{t('history.empty')}</Text>;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('history.hint')}
      </Text>
      {onSeen !== undefined && (
        <Button variant="light" onClick={onSeen}>
          {t('history.sinceSeen')}
        </Button>
      )}
      {names !== null && <NameForm names={names} label={t('history.nameNow')} state={() => stateOf(doc.doc)} />}
      {versions.length > 0 && (
        <section>
          <Title order={3} size="h5" mb="xs">
            {t('history.versions')}
          </Title>
          <ol className={classes['list']} aria-label={t('history.versions')}>
            {versions.map((version) => (
              <Entry key={version.id} time={version.time} onChoose={() => onChoose({ kind: 'version', version })}>
                <bdi className={classes['versionName']}>{version.name}</bdi> · <Author member={version.member} />
              </Entry>
            ))}
          </ol>
        </section>
      )}
      <section>
        {versions.length > 0 && (
          <Title order={3} size="h5" mb="xs">
            {t('history.changes')}
          </Title>
        )}
        <ol className={classes['list']} aria-label={t('history.title')}>
          {changes
            .slice(-shown)
            .toReversed()
            .map((change) => (
              <Entry key={change.index} time={change.time} onChoose={() => onChoose({ kind: 'change', change })}>
                <Author member={change.member} />
              </Entry>
            ))}
        </ol>
      </section>
      {changes.length > shown && (
        <Button variant="default" onClick={() => setShown((count) => count + PAGE)}>
          {t('history.older')}
        </Button>
      )}
    </Stack>
  );
}

interface EntryProps {
  readonly time: number;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

function Entry({ time, onChoose, children }: EntryProps) {
  return (
    <li>
      <UnstyledButton className={classes['entry']} onClick={onChoose}>
        <Group justify="space-between" gap="xs">
          <span>{children}</span>
          <Text span size="sm" c="dimmed">
            <Moment time={time} />
          </Text>
        </Group>
      </UnstyledButton>
    </li>
  );
}
