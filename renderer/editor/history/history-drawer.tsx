import { Drawer } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { type NamedVersion, namedVersions } from '../../../shared/commons/versions';
import { type OpenDoc, useDoc, useDocValue } from '../../app/docs';
import { ErrorState } from '../../ui/errors';
import type { Chosen } from './chosen';
import { HistoryList } from './history-list';
import { HistoryState } from './history-state';
import { useDocHistory } from './use-history';

interface Props {
  readonly doc: OpenDoc;
  /** The text in question, in this document and in its earlier states. Must be stable. */
  readonly textIn: (doc: Y.Doc) => Y.XmlFragment;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The text as this person last saw it, to begin with what changed since; null: nothing to show. */
  readonly lastSeen?: string | null;
  readonly readOnly?: boolean;
  /** Document id of the text's discussion: its states can be named. */
  readonly discussion?: string;
}

/** Who changed a text and when; how it stood then, how any two states differ, names for states, and taking one back as a new edit. */
export function HistoryDrawer({ opened, onClose, discussion, ...content }: Props) {
  const { t } = useTranslation('editor');
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={t('history.title')}
      size="min(64rem, 100%)"
      closeButtonProps={{ 'aria-label': t('history.close') }}
    >
      {opened &&
        (discussion === undefined ? (
          <Content {...content} names={null} versions={[]} />
        ) : (
          <WithNames {...content} discussion={discussion} />
        ))}
    </Drawer>
  );
}

type ContentProps = Omit<Props, 'opened' | 'onClose' | 'discussion'> & {
  /** The document that has the names; null: there are none here. */
  readonly names: OpenDoc | null;
  readonly versions: readonly NamedVersion[];
};

function WithNames({ discussion, ...content }: Omit<ContentProps, 'names' | 'versions'> & { discussion: string }) {
  const names = useDoc(discussion);
  const versions = useDocValue(names, namedVersions);
  if (names?.problem !== undefined) return <ErrorState error={names.problem} />;
  // Until they are there, the history is.
  return <Content {...content} names={versions === undefined ? null : names} versions={versions ?? []} />;
}

function Content({ doc, textIn, lastSeen = null, readOnly = false, names, versions }: ContentProps) {
  const history = useDocHistory(doc);
  const [chosen, setChosen] = useState<Chosen | null>(lastSeen === null ? null : { kind: 'seen', text: lastSeen });
  const shared = { doc, history, names: readOnly ? null : names, versions };
  if (chosen === null)
    return (
      <HistoryList
        {...shared}
        onChoose={setChosen}
        {...(lastSeen === null ? {} : { onSeen: () => setChosen({ kind: 'seen', text: lastSeen }) })}
      />
    );
  return (
    <HistoryState {...shared} textIn={textIn} chosen={chosen} readOnly={readOnly} onBack={() => setChosen(null)} />
  );
}
