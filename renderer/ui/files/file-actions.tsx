import { Button, Progress } from '@mantine/core';
import { IconCloudDownload, IconDeviceFloppy, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FileView } from '../../../shared/engine/files';
import { useNetworkStore } from '../../app/network';
import { getPlatform } from '../../platform';

interface Props {
  readonly file: string;
  readonly name: string;
  /** Undefined while it is not known where the file is. */
  readonly view: FileView | undefined;
  /** Undefined: the one before is past. */
  readonly onError: (error: unknown) => void;
}

/** What can be done about where a file is: fetch it, stop that, save what is here. */
export function FileActions({ file, name, view, onError }: Props) {
  const { t } = useTranslation('ui');
  const { engine, id: network } = useNetworkStore();
  const run = (work: () => Promise<unknown>): void => {
    onError(undefined);
    work().catch(onError);
  };
  switch (view?.state ?? 'absent') {
    case 'absent':
      return (
        <Button
          size="xs"
          aria-label={t('file.fetchFile', { name })}
          leftSection={<IconCloudDownload size={16} aria-hidden />}
          onClick={() => run(() => engine.fetchFile(network, file))}
        >
          {t('file.fetch')}
        </Button>
      );
    case 'fetching':
      return (
        <Button
          size="xs"
          variant="default"
          aria-label={t('file.cancelFile', { name })}
          leftSection={<IconX size={16} aria-hidden />}
          onClick={() => run(() => engine.cancelFile(network, file))}
        >
          {t('file.cancel')}
        </Button>
      );
    case 'here':
      return (
        <Button
          size="xs"
          variant="default"
          aria-label={t('file.saveFile', { name })}
          leftSection={<IconDeviceFloppy size={16} aria-hidden />}
          onClick={() => run(async () => getPlatform().saveFile(name, await engine.readFile(network, file)))}
        >
          {t('file.save')}
        </Button>
      );
  }
}

/** How much of a file is here while it is being fetched. `size` is what it is said to have, in bytes. */
export function FileProgress({ view, name, size }: { view: FileView; name: string; size: number }) {
  const { t } = useTranslation('ui');
  return (
    <Progress
      mt="xs"
      size="sm"
      value={size === 0 ? 0 : (100 * view.here) / size}
      aria-label={t('file.fetching', { name })}
    />
  );
}
