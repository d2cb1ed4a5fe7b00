import { Button, Card, Group, Progress, Text } from '@mantine/core';
import { IconCloudDownload, IconDeviceFloppy, IconFile, IconPhoto, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { type Attachment, detach } from '../../../../shared/commons/attachments';
import type { FileView } from '../../../../shared/engine/files';
import { PeerholdError } from '../../../../shared/errors';
import { useNetworkStore } from '../../../app/network';
import { getPlatform } from '../../../platform';
import { ConfirmButton, FormError, MemberName, formatBytes, useLocale } from '../../../ui';
import { Picture } from './picture';
import { isPicture } from './picture-types';

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
  const run = (work: () => Promise<unknown>): void => {
    setError(undefined);
    work().catch(setError);
  };
  const save = async (): Promise<void> => {
    await getPlatform().saveFile(name, await engine.readFile(network, file));
  };
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
              {view !== undefined && <Where view={view} />}
            </Text>
          </div>
        </Group>
        <Group gap="xs">
          {state === 'absent' && (
            <Button
              size="xs"
              aria-label={t('files.fetchFile', { name })}
              leftSection={<IconCloudDownload size={16} aria-hidden />}
              onClick={() => run(() => engine.fetchFile(network, file))}
            >
              {t('files.fetch')}
            </Button>
          )}
          {state === 'fetching' && (
            <Button
              size="xs"
              variant="default"
              aria-label={t('files.cancelFile', { name })}
              leftSection={<IconX size={16} aria-hidden />}
              onClick={() => run(() => engine.cancelFile(network, file))}
            >
              {t('files.cancel')}
            </Button>
          )}
          {state === 'here' && (
            <Button
              size="xs"
              variant="default"
              aria-label={t('files.saveFile', { name })}
              leftSection={<IconDeviceFloppy size={16} aria-hidden />}
              onClick={() => run(save)}
            >
              {t('files.save')}
            </Button>
          )}
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
      {state === 'fetching' && (
        <Progress
          mt="xs"
          size="sm"
          value={size === 0 ? 0 : (100 * (view?.here ?? 0)) / size}
          aria-label={t('files.fetching', { name })}
        />
      )}
      <FormError error={error ?? (problem === null ? undefined : new PeerholdError(problem))} />
      {state === 'here' && isPicture(type) && <Picture file={file} type={type} name={name} size={size} />}
    </Card>
  );
}

function Where({ view }: { readonly view: FileView }) {
  const { t } = useTranslation('commons');
  const locale = useLocale();
  const { state, sources, here, size } = view;
  if (state === 'here') return t('files.here');
  const elsewhere = sources === 0 ? t('files.nobody') : t('files.sources', { count: sources });
  const bytes = (count: number): string => formatBytes(count, locale);
  if (state === 'fetching') {
    if (sources === 0) return t('files.waiting');
    return size === null ? elsewhere : t('files.progress', { here: bytes(here), size: bytes(size) });
  }
  if (here === 0 || size === null) return elsewhere;
  return `${elsewhere} · ${t('files.partly', { here: bytes(here), size: bytes(size) })}`;
}
