import { Button, Drawer, Group, SegmentedControl, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { canonicalText, textToFragment } from '../../shared/commons/text/canonical';
import { type OpenDoc, useDocValue } from '../app/docs';
import { useNetworkStore } from '../app/network';
import type { DocChange } from '../../shared/engine/contract';
import { ConfirmButton } from '../ui/confirm-button';
import { ErrorState } from '../ui/errors';
import { Loading } from '../ui/loading';
import { Markdown } from '../ui/markdown/markdown';
import { MemberName } from '../ui/member-name';
import { Moment } from '../ui/moment';
import { docAfter, useDocHistory } from './history';
import classes from './history.module.css';
import { TextChangesView } from './text-changes-view';

/** Entries shown at first, newest first; older ones on demand. */
const PAGE = 50;

interface Props {
  readonly doc: OpenDoc;
  /** The text in question, in this document and in its earlier states. Must be stable. */
  readonly textIn: (doc: Y.Doc) => Y.XmlFragment;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The text as this person last saw it, to begin with what changed since; null: nothing to show. */
  readonly lastSeen?: string | null;
  readonly readOnly?: boolean;
}

type Chosen = 'seen' | DocChange | null;

/** Who changed a text and when; how it stood then, how it differs from now, and taking it back as a new edit. */
export function HistoryDrawer({ opened, onClose, ...content }: Props) {
  const { t } = useTranslation('editor');
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={t('history.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('history.close') }}
    >
      {opened && <Content {...content} />}
    </Drawer>
  );
}

function Content({ doc, textIn, lastSeen = null, readOnly = false }: Omit<Props, 'opened' | 'onClose'>) {
  const [chosen, setChosen] = useState<Chosen>(lastSeen === null ? null : 'seen');
  if (chosen === null) return <Changes doc={doc} hasNews={lastSeen !== null} onChoose={setChosen} />;
  return (
    <State
      doc={doc}
      textIn={textIn}
      chosen={chosen}
      lastSeen={lastSeen ?? ''}
      readOnly={readOnly}
      onBack={() => setChosen(null)}
    />
  );
}

function Changes({
  doc,
  hasNews,
  onChoose,
}: {
  readonly doc: OpenDoc;
  readonly hasNews: boolean;
  readonly onChoose: (chosen: Chosen) => void;
}) {
  const { t } = useTranslation('editor');
  const { changes, error, reload } = useDocHistory(doc);
  const [shown, setShown] = useState(PAGE);
  if (error !== undefined) return <ErrorState error={error} retry={reload} />;
  if (changes === undefined) return <Loading />;
  if (changes.length === 0) return <Text c="dimmed">{t('history.empty')}</Text>;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('history.hint')}
      </Text>
      {hasNews && (
        <Button variant="light" onClick={() => onChoose('seen')}>
          {t('history.sinceSeen')}
        </Button>
      )}
      <ol className={classes['list']} aria-label={t('history.title')}>
        {changes
          .slice(-shown)
          .toReversed()
          .map((change) => (
            <li key={change.index}>
              <UnstyledButton className={classes['entry']} onClick={() => onChoose(change)}>
                <Group justify="space-between" gap="xs">
                  <span>
                    <Author member={change.member} />
                  </span>
                  <Text span size="sm" c="dimmed">
                    <Moment time={change.time} />
                  </Text>
                </Group>
              </UnstyledButton>
            </li>
          ))}
      </ol>
      {changes.length > shown && (
        <Button variant="default" onClick={() => setShown((count) => count + PAGE)}>
          {t('history.older')}
        </Button>
      )}
    </Stack>
  );
}

function State({
  doc,
  textIn,
  chosen,
  lastSeen,
  readOnly,
  onBack,
}: {
  readonly doc: OpenDoc;
  readonly textIn: (doc: Y.Doc) => Y.XmlFragment;
  readonly chosen: 'seen' | DocChange;
  readonly lastSeen: string;
  readonly readOnly: boolean;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation('editor');
  const [view, setView] = useState('changes');
  const now = useCanonical(doc, textIn);
  const { text: then, error } = useTextAfter(doc.id, textIn, chosen, lastSeen);
  const restore = () => {
    if (then !== undefined) textToFragment(then, textIn(doc.doc));
    onBack();
  };
  return (
    <Stack>
      <Group justify="space-between">
        <Button variant="subtle" size="compact-sm" onClick={onBack}>
          {t('history.back')}
        </Button>
        <SegmentedControl
          size="xs"
          value={view}
          onChange={setView}
          aria-label={t('history.view')}
          data={[
            { value: 'changes', label: t('history.difference') },
            { value: 'then', label: t('history.then') },
          ]}
        />
      </Group>
      <Title order={3} size="h4">
        {chosen === 'seen' ? (
          t('history.sinceSeen')
        ) : (
          <>
            <Author member={chosen.member} /> · <Moment time={chosen.time} exact />
          </>
        )}
      </Title>
      {error !== undefined && <ErrorState error={error} />}
      {then === undefined && error === undefined && <Loading />}
      {then !== undefined &&
        view === 'then' &&
        (then === '' ? <Text c="dimmed">{t('history.noText')}</Text> : <Markdown text={then} />)}
      {then !== undefined && view === 'changes' && <TextChangesView before={then} after={now} />}
      {then !== undefined && then !== now && !readOnly && (
        <Group>
          <ConfirmButton
            title={t('history.restoreTitle')}
            text={t('history.restoreText')}
            confirm={t('history.restore')}
            color="pine"
            onConfirm={restore}
          >
            {t('history.restore')}
          </ConfirmButton>
        </Group>
      )}
    </Stack>
  );
}

function Author({ member }: { readonly member: string | null }) {
  const { t } = useTranslation('editor');
  return member === null ? <>{t('history.unknownAuthor')}</> : <MemberName id={member} />;
}

/** The text now, as canonical Markdown, following its changes. */
function useCanonical(open: OpenDoc | null, textIn: (doc: Y.Doc) => Y.XmlFragment): string {
  const [read] = useState(() => (doc: Y.Doc) => canonicalText(textIn(doc)));
  return useDocValue(open, read) ?? '';
}

function useTextAfter(
  id: string,
  textIn: (doc: Y.Doc) => Y.XmlFragment,
  chosen: 'seen' | DocChange,
  lastSeen: string,
): { readonly text: string | undefined; readonly error: unknown } {
  const store = useNetworkStore();
  const [result, setResult] = useState<{ text: string | undefined; error: unknown }>({
    text: undefined,
    error: undefined,
  });
  const index = chosen === 'seen' ? null : chosen.index;
  useEffect(() => {
    if (index === null) return undefined;
    let stale = false;
    docAfter(store, id, index).then(
      (doc) => !stale && setResult({ text: canonicalText(textIn(doc)), error: undefined }),
      (error: unknown) => !stale && setResult({ text: undefined, error }),
    );
    return () => {
      stale = true;
    };
  }, [store, id, index, textIn]);
  return index === null ? { text: lastSeen, error: undefined } : result;
}
