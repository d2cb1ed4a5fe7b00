import { Button, Group, Text } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { removeProtocol } from '../../../../shared/commons/draft';
import { type DraftAuthor, keepChange } from '../../../../shared/commons/draft-changes';
import { useMe } from '../../../app/network';
import { ConfirmButton, Moment } from '../../../ui';
import type { ReadableProtocol } from '../readable';
import { Names } from './names';
import { resetProtocol } from './reset';

interface Props {
  readonly doc: Y.Doc;
  readonly protocol: string;
  readonly title: string;
  /** As it is in force; undefined: it is new in the draft. */
  readonly inForce: ReadableProtocol | undefined;
  /** The last one last; empty where it is not known, or a decision changed it and not the draft. */
  readonly authors: readonly DraftAuthor[];
  /** Members who accept it as it is now. */
  readonly keptBy: readonly string[];
}

/** One suggested change: who made it, who accepts it, and the ways to accept it or to put this protocol alone back. */
export function Suggestion({ doc, protocol, title, inForce, authors, keptBy }: Props) {
  const { t } = useTranslation('suggestions');
  const me = useMe()?.member;
  const named = (action: string): string => t('actionOf', { action, title });
  const accepted = me !== undefined && keptBy.includes(me);
  const last = authors.at(-1);
  // What was erased can not be put back.
  const canPutBack = inForce === undefined || typeof inForce.text === 'string';
  return (
    <div>
      <Text size="sm" c="dimmed" component="div">
        {last !== undefined && (
          <>
            {t('by')} <Names members={authors.map(({ member }) => member).reverse()} /> · <Moment time={last.time} />
          </>
        )}
      </Text>
      {keptBy.length > 0 && (
        <Text size="sm" component="div">
          {t('keptBy')} <Names members={keptBy} />
        </Text>
      )}
      {me !== undefined && (
        <Group gap="xs" mt={4}>
          <Button
            size="xs"
            variant={accepted ? 'light' : 'default'}
            leftSection={<IconCheck size={14} aria-hidden />}
            aria-label={named(t('accept'))}
            aria-pressed={accepted}
            onClick={() => keepChange(doc, { protocol, member: me }, !accepted)}
          >
            {t(accepted ? 'accepted' : 'accept')}
          </Button>
          {canPutBack && (
            <ConfirmButton
              size="xs"
              leftSection={<IconArrowBackUp size={14} aria-hidden />}
              aria-label={named(t('reject'))}
              title={t('rejectTitle', { title })}
              text={t(inForce === undefined ? 'rejectNew' : 'rejectText')}
              confirm={t('reject')}
              onConfirm={() => (inForce === undefined ? removeProtocol(doc, protocol) : resetProtocol(doc, inForce))}
            >
              {t('reject')}
            </ConfirmButton>
          )}
        </Group>
      )}
    </div>
  );
}
