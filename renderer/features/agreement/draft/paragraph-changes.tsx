import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { protocolText } from '../../../../shared/commons/draft';
import {
  type KeptParagraph,
  type Paragraph,
  keepParagraph,
  keptParagraphs,
  paragraphsOf,
  putParagraphBack,
} from '../../../../shared/commons/draft-paragraphs';
import { type OpenDoc, useDocValue } from '../../../app/docs';
import { useMe } from '../../../app/network';
import { shortQuote } from '../../../editor/short-quote';
import { ConfirmButton } from '../../../ui';
import { TextDiffView } from '../../../ui/text-diff/text-diff-view';
import { Names } from './names';
import classes from './paragraph-changes.module.css';

interface Props {
  readonly open: OpenDoc;
  readonly protocol: string;
  /** Canonical Markdown, and the draft's as it is now. */
  readonly inForce: string;
  readonly now: string;
  /** Nothing else of the protocol differs: with one paragraph alone, what can be said of it is said of the whole. */
  readonly alone: boolean;
  /** This person accepts the whole already. */
  readonly whole: boolean;
}

const NONE: readonly KeptParagraph[] = [];

/** A protocol's text paragraph by paragraph; each that differs can be accepted, or put back, by itself. */
export function ParagraphChanges({ open, protocol, inForce, now, alone, whole }: Props) {
  const { doc } = open;
  const kept = useDocValue(open, keptParagraphs) ?? NONE;
  const paragraphs = useMemo(
    () => paragraphsOf(protocolText(doc, protocol), inForce),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `now` is what the text says
    [doc, protocol, inForce, now],
  );
  const marks = paragraphs.flatMap(({ mark }) => (mark === null ? [] : [mark]));
  if (marks.length < (alone ? 2 : 1)) return <TextDiffView before={inForce} after={now} />;
  return (
    <Stack gap="sm">
      {paragraphs.map((paragraph, index) =>
        paragraph.mark === null ? (
          <TextDiffView key={index} before={paragraph.now ?? ''} after={paragraph.now ?? ''} />
        ) : (
          <Changed
            key={paragraph.mark}
            paragraph={paragraph}
            keptBy={kept
              .filter((one) => one.protocol === protocol && one.mark === paragraph.mark)
              .map(({ member }) => member)}
            onKeep={whole ? null : (mark, member, keep) => keepParagraph(doc, { protocol, member, mark }, keep, marks)}
            onPutBack={(mark) => void putParagraphBack(protocolText(doc, protocol), inForce, mark)}
          />
        ),
      )}
    </Stack>
  );
}

interface ChangedProps {
  readonly paragraph: Paragraph;
  /** Members who accept it as it is now. */
  readonly keptBy: readonly string[];
  /** Null: this person accepts the whole already. */
  readonly onKeep: ((mark: string, member: string, keep: boolean) => void) | null;
  readonly onPutBack: (mark: string) => void;
}

function Changed({ paragraph: { mark, before, now }, keptBy, onKeep, onPutBack }: ChangedProps) {
  const { t } = useTranslation('suggestions');
  const me = useMe()?.member;
  const quote = shortQuote(now ?? before ?? '');
  const named = (action: string): string => t('paragraph.actionOf', { action, quote });
  const accepted = me !== undefined && keptBy.includes(me);
  return (
    <div role="group" aria-label={t('paragraph.name', { quote })} className={classes['paragraph']}>
      <TextDiffView before={before ?? ''} after={now ?? ''} />
      {keptBy.length > 0 && (
        <Text size="sm" component="div" mt={4}>
          {t('keptBy')} <Names members={keptBy} />
        </Text>
      )}
      {me !== undefined && mark !== null && (
        <Group gap="xs" mt={6}>
          {onKeep !== null && (
            <Button
              size="compact-xs"
              variant={accepted ? 'light' : 'default'}
              leftSection={<IconCheck size={12} aria-hidden />}
              aria-label={named(t('paragraph.accept'))}
              aria-pressed={accepted}
              onClick={() => onKeep(mark, me, !accepted)}
            >
              {t(accepted ? 'accepted' : 'paragraph.accept')}
            </Button>
          )}
          <ConfirmButton
            size="compact-xs"
            leftSection={<IconArrowBackUp size={12} aria-hidden />}
            aria-label={named(t('paragraph.reject'))}
            title={t('paragraph.rejectTitle')}
            text={t(before === null ? 'paragraph.rejectNew' : 'paragraph.rejectText')}
            confirm={t('paragraph.reject')}
            onConfirm={() => onPutBack(mark)}
          >
            {t('paragraph.reject')}
          </ConfirmButton>
        </Group>
      )}
    </div>
  );
}
