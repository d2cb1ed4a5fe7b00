import { Button, Group, NativeSelect, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { changeText } from '../../../shared/commons/text/change-text';
import { type NamedVersion, stateOf, unnameVersion } from '../../../shared/commons/versions';
import { type OpenDoc } from '../../app/docs';
import { useMe, useNetworkStore } from '../../app/network';
import { ConfirmButton } from '../../ui/confirm-button';
import { ErrorState } from '../../ui/errors';
import { Loading } from '../../ui/loading';
import { Markdown } from '../../ui/markdown/markdown';
import { Moment } from '../../ui/moment';
import { Author } from './author';
import { type Chosen, NOW, type StateText, keyOf, useStateText } from './chosen';
import { NameForm } from './name-form';
import { SideBySideView, TextChangesView } from './text-changes-view';
import { type DocHistory, docAfter } from './use-history';
import { useChoices } from './use-choices';

interface Props {
  readonly doc: OpenDoc;
  readonly textIn: (doc: Y.Doc) => Y.XmlFragment;
  readonly history: DocHistory;
  readonly names: OpenDoc | null;
  readonly versions: readonly NamedVersion[];
  readonly chosen: Chosen;
  readonly readOnly: boolean;
  readonly onBack: () => void;
}

type View = 'changes' | 'sides' | 'then';
const VIEWS = ['changes', 'sides', 'then'] as const;

/** One state of a text: how it differs from another, how it reads, a name for it, and taking it back. */
export function HistoryState(props: Props) {
  const { doc, textIn, history, names, versions, chosen, readOnly, onBack } = props;
  const { t } = useTranslation('editor');
  const [view, setView] = useState<View>('changes');
  const [other, setOther] = useState(NOW);
  const choices = useChoices(history, versions, chosen);
  const then = useStateText(doc, textIn, chosen);
  const against = useStateText(doc, textIn, other);
  const now = useStateText(doc, textIn, NOW).text;
  const restore = () => {
    if (typeof then.text === 'string') changeText(textIn(doc.doc), then.text);
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
          data={VIEWS.map((value) => ({ value, label: t(`history.${value}`) }))}
        />
      </Group>
      <Title order={3} size="h4">
        <Heading chosen={chosen} />
      </Title>
      {view !== 'then' && (
        <NativeSelect
          label={t('history.compare')}
          value={keyOf(other)}
          onChange={(event) => setOther(choices.find(({ key }) => key === event.currentTarget.value)?.chosen ?? NOW)}
          data={choices.map(({ key, label }) => ({ value: key, label }))}
          maw="24rem"
        />
      )}
      <Missing state={then} />
      {view !== 'then' && <Missing state={against} />}
      {typeof then.text === 'string' && view === 'then' && <Reading text={then.text} />}
      {typeof then.text === 'string' && typeof against.text === 'string' && view === 'changes' && (
        <TextChangesView before={then.text} after={against.text} />
      )}
      {typeof then.text === 'string' && typeof against.text === 'string' && view === 'sides' && (
        <SideBySideView
          before={then.text}
          after={against.text}
          names={[t('history.then'), choices.find(({ key }) => key === keyOf(other))?.label ?? t('history.now')]}
        />
      )}
      <Group>
        {typeof then.text === 'string' && then.text !== now && !readOnly && (
          <ConfirmButton
            title={t('history.restoreTitle')}
            text={t('history.restoreText')}
            confirm={t('history.restore')}
            color="pine"
            onConfirm={restore}
          >
            {t('history.restore')}
          </ConfirmButton>
        )}
        {names !== null && <Naming doc={doc} names={names} chosen={chosen} onUnnamed={onBack} />}
      </Group>
    </Stack>
  );
}

function Heading({ chosen }: { readonly chosen: Chosen }) {
  const { t } = useTranslation('editor');
  if (chosen.kind === 'now' || chosen.kind === 'seen') return t('history.sinceSeen');
  if (chosen.kind === 'version')
    return (
      <>
        <bdi>{chosen.version.name}</bdi> · <Author member={chosen.version.member} /> ·{' '}
        <Moment time={chosen.version.time} exact />
      </>
    );
  return (
    <>
      <Author member={chosen.change.member} /> · <Moment time={chosen.change.time} exact />
    </>
  );
}

/** Why there is no text to show, while there is none. */
function Missing({ state: { text, error } }: { readonly state: StateText }) {
  const { t } = useTranslation('editor');
  if (error !== undefined) return <ErrorState error={error} />;
  if (text === undefined) return <Loading />;
  return text === null ? <Text c="dimmed">{t('history.notHere')}</Text> : null;
}

function Reading({ text }: { readonly text: string }) {
  const { t } = useTranslation('editor');
  return text === '' ? <Text c="dimmed">{t('history.noText')}</Text> : <Markdown text={text} />;
}

interface NamingProps {
  readonly doc: OpenDoc;
  readonly names: OpenDoc;
  readonly chosen: Chosen;
  readonly onUnnamed: () => void;
}

/** A name for a change; one’s own name can be taken away. */
function Naming({ doc, names, chosen, onUnnamed }: NamingProps) {
  const { t } = useTranslation('editor');
  const store = useNetworkStore();
  const me = useMe();
  if (chosen.kind === 'change')
    return (
      <NameForm
        names={names}
        label={t('history.nameThis')}
        state={async () => stateOf(await docAfter(store, doc.id, chosen.change.index))}
      />
    );
  if (chosen.kind !== 'version' || me === null || chosen.version.member !== me.member) return null;
  return (
    <ConfirmButton
      variant="subtle"
      color="gray"
      title={t('history.unnameTitle')}
      text={t('history.unnameText')}
      confirm={t('history.unname')}
      onConfirm={() => {
        unnameVersion(names.doc, chosen.version.id);
        onUnnamed();
      }}
    >
      {t('history.unname')}
    </ConfirmButton>
  );
}
