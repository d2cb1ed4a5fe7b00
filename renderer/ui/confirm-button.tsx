import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from './errors';

interface Props extends ButtonProps {
  /** The question, as the dialog's title. */
  readonly title: string;
  /** What will happen, and whether it can be undone. */
  readonly text: ReactNode;
  /** Words of the button that does it; those of the button that asks, when left out. */
  readonly confirm?: string;
  /** Words of the button that leaves all as it is. */
  readonly cancel?: string;
  /** For a text with more in it than a question. */
  readonly wide?: boolean;
  readonly onConfirm: () => void | Promise<unknown>;
  readonly 'aria-label'?: string;
}

/** A button that asks first. The dialog stays open, with the reason, when the action fails. */
export function ConfirmButton({ title, text, confirm, cancel, wide = false, onConfirm, children, ...button }: Props) {
  const { t } = useTranslation('ui');
  const [opened, setOpened] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const close = (): void => {
    setOpened(false);
    setError(undefined);
  };
  const run = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      close();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant="default" {...button} onClick={() => setOpened(true)} aria-haspopup="dialog">
        {children}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={title}
        size={wide ? 'lg' : 'md'}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Stack>
          <Text component="div">{text}</Text>
          <FormError error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {cancel ?? t('cancel')}
            </Button>
            <Button color={button.color ?? 'red'} loading={busy} onClick={() => void run()}>
              {confirm ?? children}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
