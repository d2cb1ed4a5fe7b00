import { Card, Group, Text } from '@mantine/core';
import { IconFile, IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { type Attachment, detach } from '../../../../shared/commons/attachments';
import type { FileView } from '../../../../shared/engine/files';
import { PeerholdError } from '../../../../shared/errors';
import { useNetworkStore } from '../../../app/network';
import { ConfirmButton, FormError, MemberName, formatBytes, useLocale } from '../../../ui';
import { FileActions, FileProgress } from '../../../ui/files/file-actions';
import { FileWhere } from '../../../ui/files/file-where';
import { Picture } from '../../../ui/files/picture';
import { isPicture } from '../../../../shared/files/picture-types';

interface Props {
  readonly attachment: Attachment;
  /** Undefined while it is not known where the file is. */
  readonly view: FileView | undefined;
  readonly doc: Y.Doc;
  readonly readOnly: boolean;
}

/** One file: what it is, where it is, and what can be done about that. */
export function FileRow({ attachment, view, doc, readOnly }: Props) {
  const { t } = useTranslation('commons');
  const locale = useLocale();
  const { file, type, by } = attachment;
  const { engine, id: network } = useNetworkStore();
  const [error, setError] = useState<unknown>();
  const name = attachment.name === '' ? t('files.unnamed') : attachment.name;
  const size = view?.size ?? attachment.size;
  const state = view?.state ?? 'absent';
  const Icon = isPicture(type) ? IconPhoto : IconFile;
  const problem = view?.problem ?? null;
  return (
    <Card component="li" withBorder padding="sm" aria-label={name}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <Icon size={24} aria-hidden />
          <div>
            <Text dir="auto" fw={500} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            <Text size="sm" c="dimmed" component="div">
              {formatBytes(size, locale)}
              {type !== '' && ` · ${type}`}
              {by !== null && (
                <>
                  {' · '}
                  {t('files.addedBy')} <MemberName id={by} />
                </>
              )}
            </Text>
            <Text size="sm" c="dimmed">
              {view !== undefined && <FileWhere view={view} />}
            </Text>
          </div>
        </Group>
        <Group gap="xs">
          <FileActions file={file} name={name} view={view} onError={setError} />
          {view !== undefined && view.here > 0 && (
            <ConfirmButton
              size="xs"
              title={t('files.removeTitle', { name })}
              text={`${t('files.removeText')}${view.sources === 0 ? ` ${t('files.lastCopy')}` : ''}`}
              onConfirm={() => engine.dropFile(network, file)}
            >
              {t('files.remove')}
            </ConfirmButton>
          )}
          {!readOnly && (
            <ConfirmButton
              size="xs"
              variant="subtle"
              title={t('files.detachTitle', { name })}
              text={t('files.detachText')}
              onConfirm={() => detach(doc, file)}
            >
              {t('files.detach')}
            </ConfirmButton>
          )}
        </Group>
      </Group>
      {view?.state === 'fetching' && <FileProgress view={view} name={name} size={size} />}
      <FormError error={error ?? (problem === null ? undefined : new PeerholdError(problem))} />
      {state === 'here' && isPicture(type) && <Picture file={file} alt={t('files.image', { name })} size={size} />}
    </Card>
  );
}
