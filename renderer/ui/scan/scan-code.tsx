import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconCamera, IconPhoto, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PeerholdError } from '../../../shared/errors';
import { FormError } from '../errors';
import { Camera } from './camera';
import { pixelsOfFile } from './pixels';

/** Reads a QR code, by the camera or from a picture. The camera is asked for when the person presses its button, and not before. */
export function ScanCode({ onCode }: { readonly onCode: (text: string) => void }) {
  const { t } = useTranslation('ui');
  const [looking, setLooking] = useState(false);
  const [read, setRead] = useState(false);
  const [error, setError] = useState<unknown>();
  const reset = useRef<() => void>(null);
  const begin = (): void => {
    setError(undefined);
    setRead(false);
  };
  const end = (failure?: unknown): void => {
    setLooking(false);
    setError(failure);
  };
  const take = (text: string): void => {
    end();
    setRead(true);
    onCode(text);
  };
  const readPicture = async (file: File | null): Promise<void> => {
    if (file === null) return;
    begin();
    try {
      const [pixels, { readQr }] = await Promise.all([pixelsOfFile(file), import('./read-qr')]);
      const text = readQr(pixels, 'file');
      if (text === undefined) throw new PeerholdError('qr-none');
      take(text);
    } catch (failure) {
      end(failure);
    } finally {
      // So that the same file can be chosen again.
      reset.current?.();
    }
  };
  return (
    <Stack gap="xs">
      {looking && <Camera onCode={take} onError={end} />}
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={looking ? <IconX size={16} aria-hidden /> : <IconCamera size={16} aria-hidden />}
          onClick={() => {
            begin();
            setLooking(!looking);
          }}
        >
          {t(looking ? 'scan.stop' : 'scan.camera')}
        </Button>
        <FileButton accept="image/*" resetRef={reset} onChange={(file) => void readPicture(file)}>
          {(props) => (
            <Button {...props} size="xs" variant="default" leftSection={<IconPhoto size={16} aria-hidden />}>
              {t('scan.picture')}
            </Button>
          )}
        </FileButton>
      </Group>
      <div role="status">
        {read && (
          <Text size="sm" c="dimmed">
            {t('scan.read')}
          </Text>
        )}
      </div>
      <FormError error={error} />
    </Stack>
  );
}
