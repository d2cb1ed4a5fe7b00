import { Badge, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import {
  type DraftProtocol,
  clauseDiscussion,
  protocolText,
  removeProtocol,
  setTitle,
} from '../../../../shared/commons/draft';
import { canonicalText } from '../../../../shared/commons/text/canonical';
import type { BlockNumber } from '../../../../shared/commons/text/change-text';
import { isNeeded } from '../../../../shared/network/agreement/templates';
import { type OpenDoc, useDocValue } from '../../../app/docs';
import { useMe } from '../../../app/network';
import { CollaborativeEditor, CommentedText, HistoryDrawer } from '../../../editor';
import { ApartNotice } from '../../../editor/apart/apart-notice';
import type { ApartFields } from '../../../editor/apart/use-apart';
import { ConfirmButton } from '../../../ui';
import type { Said } from '../../../ui/certainty';
import { Markdown } from '../../../ui/markdown/markdown';
import { ParameterSentences } from '../parameter-sentences';
import { hasParameters } from '../parameters/parameters-form';
import { ProtocolThread } from '../protocol-thread';
import { ThinkAbout } from '../think-about';
import type { Names } from '../use-words';
import classes from '../agreement.module.css';
import type { Added } from './add-protocol';
import { DraftParameters } from './draft-parameters';
import { FieldsApart } from './fields-apart';

/** Id of the element that shows a protocol of the draft. */
export const sectionOf = (protocol: string): string => `draft-section-${protocol}`;

const MAX_TITLE = 120;
/** An editor is made anew when its label changes, so the label follows the title only once the typing pauses. */
const LABEL_DELAY_MS = 600;

interface Props {
  readonly open: OpenDoc;
  readonly protocol: DraftProtocol;
  readonly names: Names;
  readonly fields: ApartFields;
  readonly said: Said | undefined;
  /** Where it comes from that was just added here: an empty one is written on from the start, one of the library is brought into view. */
  readonly added: Added['from'] | null;
  /** The person came for this one: it is brought into view. */
  readonly asked: boolean;
}

/** One protocol of the draft: to read, and once asked for to write on, together with whoever else does. */
export function ProtocolWriting({ open, protocol, names, fields, said, added, asked }: Props) {
  const { t } = useTranslation(['agreement', 'templates']);
  const [writing, setWriting] = useState(added === 'nothing');
  const me = useMe();
  const [startAt, setStartAt] = useState<BlockNumber | null>(null);
  const [parameters, setParameters] = useState(false);
  const [history, setHistory] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (added === 'library') heading.current?.focus();
    else if (asked) heading.current?.scrollIntoView();
  }, [added, asked]);
  const textIn = useCallback((doc: Y.Doc) => protocolText(doc, protocol.id), [protocol.id]);
  const named = (action: string) => t('actionOf', { action, title: protocol.title });
  const write = (at: BlockNumber | null) => {
    setStartAt(at);
    setWriting(true);
  };
  return (
    <section id={sectionOf(protocol.id)} className={classes['protocol']} aria-labelledby={`draft-${protocol.id}`}>
      <Group gap="xs" mb="xs">
        <Title order={2} id={`draft-${protocol.id}`} ref={heading} tabIndex={-1}>
          <bdi>{protocol.title}</bdi>
        </Title>
        <Badge color="gray">{t(`kinds.${protocol.kind}.label`, { ns: 'templates' })}</Badge>
      </Group>
      <Stack gap="sm">
        {me !== null && <FieldsApart open={open} protocol={protocol} names={names} apart={fields} />}
        {writing ? (
          <Writing open={open} protocol={protocol} startAt={startAt} />
        ) : (
          <Reading open={open} id={protocol.id} onEdit={write} />
        )}
        {(writing || parameters) && <ThinkAbout of={protocol} />}
        <ParameterSentences kind={protocol.kind} params={protocol.params} names={names} />
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            aria-label={named(writing ? t('draft.done') : t('draft.show.write'))}
            onClick={() => (writing ? setWriting(false) : write(null))}
          >
            {writing ? t('draft.done') : t('draft.show.write')}
          </Button>
          {hasParameters(protocol.kind) && (
            <Button
              variant="default"
              size="xs"
              aria-expanded={parameters}
              aria-label={named(parameters ? t('draft.hideParameters') : t('draft.editParameters'))}
              onClick={() => setParameters(!parameters)}
            >
              {parameters ? t('draft.hideParameters') : t('draft.editParameters')}
            </Button>
          )}
          <Button
            variant="default"
            size="xs"
            aria-label={named(t('draft.history'))}
            aria-haspopup="dialog"
            onClick={() => setHistory(true)}
          >
            {t('draft.history')}
          </Button>
          {!isNeeded(protocol.kind) && (
            <ConfirmButton
              variant="subtle"
              color="red"
              size="xs"
              aria-label={named(t('draft.remove'))}
              title={t('draft.removeTitle', { title: protocol.title })}
              text={t('draft.removeText')}
              confirm={t('draft.remove')}
              onConfirm={() => removeProtocol(open.doc, protocol.id)}
            >
              {t('draft.remove')}
            </ConfirmButton>
          )}
        </Group>
        <ProtocolThread protocol={protocol} said={said} draftElsewhere={false} />
        <HistoryDrawer
          doc={open}
          textIn={textIn}
          opened={history}
          onClose={() => setHistory(false)}
          discussion={clauseDiscussion(protocol.id)}
        />
        {parameters && <DraftParameters doc={open.doc} protocol={protocol} names={names} />}
      </Stack>
    </section>
  );
}

interface WritingProps {
  readonly open: OpenDoc;
  readonly protocol: DraftProtocol;
  /** The block that the person came to write in; null: none. */
  readonly startAt: BlockNumber | null;
}

function Writing({ open, protocol, startAt }: WritingProps) {
  const { t } = useTranslation('agreement');
  const [label] = useDebouncedValue(t('draft.textOf', { title: protocol.title }), LABEL_DELAY_MS);
  return (
    <Stack gap="sm" maw="var(--peerhold-measure)">
      <TextInput
        label={t('draft.titleOf')}
        value={protocol.title}
        maxLength={MAX_TITLE}
        onChange={(event) => setTitle(open.doc, protocol.id, event.currentTarget.value)}
      />
      <CollaborativeEditor
        doc={open}
        fragment={protocolText(open.doc, protocol.id)}
        label={label}
        discussion={clauseDiscussion(protocol.id)}
        startAt={startAt}
      />
    </Stack>
  );
}

interface ReadingProps {
  readonly open: OpenDoc;
  readonly id: string;
  readonly onEdit: (block: BlockNumber) => void;
}

function Reading({ open, id, onEdit }: ReadingProps) {
  const { t } = useTranslation('agreement');
  const me = useMe();
  const read = useCallback((doc: Y.Doc) => canonicalText(protocolText(doc, id)), [id]);
  const text = useDocValue(open, read) ?? '';
  const fragment = protocolText(open.doc, id);
  return (
    <div>
      {me !== null && <ApartNotice doc={open} fragment={fragment} onEdit={onEdit} />}
      <CommentedText doc={open} fragment={fragment} discussion={clauseDiscussion(id)}>
        {text === '' ? (
          <Text c="dimmed" fs="italic">
            {t('draft.empty')}
          </Text>
        ) : (
          <Markdown text={text} headings={3} />
        )}
      </CommentedText>
    </div>
  );
}
