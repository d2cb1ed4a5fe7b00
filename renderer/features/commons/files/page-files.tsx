import { FileButton, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { amountOf } from '../../../../shared/files/amount';
import { useAttach, useAttachments } from '../../../app/attachments';
import { useFiles } from '../../../app/files';
import { useKept } from '../../../app/kept';
import { FormError } from '../../../ui/errors';
import { FileRow } from './file-row';
import { KeepFiles } from './keep-files';

interface Props {
  /** The page's document. */
  readonly doc: Y.Doc;
  readonly id: string;
  /** Its title. */
  readonly page: string;
  readonly readOnly: boolean;
}

/** The files of a page: what they are, where they are, and a way to add one. */
export function PageFiles({ doc, id, page, readOnly }: Props) {
  const { t } = useTranslation('commons');
  const attach = useAttach(doc);
  const named = useAttachments(doc);
  const attached = useMemo(() => [...named.values()], [named]);
  const ids = useMemo(() => [...named.keys()], [named]);
  const files = useFiles(ids);
  const choice = useKept();
  const reset = useRef<() => void>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<string>();
  const [error, setError] = useState<unknown>();
  const add = async (chosen: File | null): Promise<void> => {
    if (chosen === null) return;
    setBusy(true);
    setError(undefined);
    setDone(undefined);
    try {
      await attach(chosen);
      setDone(chosen.name);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
      // So that the same file can be chosen again.
      reset.current?.();
    }
  };
  return (
    <section aria-label={t('files.filesOf', { page })}>
      <Group mt="lg" mb="sm" justify="space-between">
        <Title order={2} size="h3">
          {t('files.title')}
        </Title>
        {!readOnly && (
          <FileButton onChange={(chosen) => void add(chosen)} resetRef={reset}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                size="sm"
                loading={busy}
                leftSection={<IconPaperclip size={18} aria-hidden />}
              >
                {t('files.attach')}
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      <Stack gap="sm">
        <FormError error={error} />
        <div role="status">
          {(busy || done !== undefined) && (
            <Text size="sm" c="dimmed">
              {busy ? t('files.attaching') : t('files.attached', { name: done })}
            </Text>
          )}
        </div>
        {attached.length === 0 ? (
          <Text c="dimmed">{t('files.none')}</Text>
        ) : (
          <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
            {attached.map((one) => (
              <FileRow key={one.file} attachment={one} view={files.get(one.file)} doc={doc} readOnly={readOnly} />
            ))}
          </Stack>
        )}
        <KeepFiles
          doc={id}
          label={t('files.keepPage')}
          choice={choice}
          amount={amountOf(named, (file) => files.get(file))}
        />
      </Stack>
    </section>
  );
}
