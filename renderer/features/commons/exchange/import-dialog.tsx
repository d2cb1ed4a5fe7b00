import { Alert, Anchor, Button, FileButton, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { IconCheck, IconFile, IconFolder } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ImportedPages } from '../../../../shared/engine/page-import';
import { FormError } from '../../../ui/errors';
import { LongTask } from '../../../ui/long-task';
import { selectAll } from '../../../ui/select-all';
import { useCommons } from '../commons-context';
import { placesIn } from '../places';
import { ImportPreviewView, LeftOutList } from './import-preview';
import { useImport } from './use-import';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes pages of files and folders of other programs. */
export function ImportDialog({ opened, onClose }: Props) {
  const { t } = useTranslation('exchange');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('import.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {opened && <ImportForm onClose={onClose} />}
    </Modal>
  );
}

/** Stands for the first level; no page has this id. */
const TOP = '/';

function ImportForm({ onClose }: Pick<Props, 'onClose'>) {
  const { t } = useTranslation('exchange');
  const { tree } = useCommons();
  const { preview, done, running, error, cancel, choose, make } = useImport();
  const [parent, setParent] = useState(TOP);
  const places = useMemo(
    () => [{ value: TOP, label: t('import.top') }, ...placesIn(tree, null, t('untitled'))],
    [tree, t],
  );
  return (
    <Stack>
      <Text size="sm">{t('import.text')}</Text>
      <Choosers disabled={running !== null} onChoose={(files) => void choose(files)} />
      {running !== null && <LongTask task="pages" label={t(`import.${running}`)} onCancel={cancel} />}
      <FormError error={error} />
      <div role="status">{done !== undefined && <Imported done={done} onOpen={onClose} />}</div>
      {preview !== undefined && <ImportPreviewView preview={preview} />}
      {preview !== undefined && preview.pages.length > 0 && running === null && (
        <>
          <Select
            label={t('import.under')}
            data={places}
            value={parent}
            onChange={(value) => setParent(value ?? TOP)}
            onClick={selectAll}
            onFocus={selectAll}
            searchable
            limit={100}
            allowDeselect={false}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('import.cancel')}
            </Button>
            <Button onClick={() => void make(parent === TOP ? null : parent)}>
              {t('import.make', { count: preview.pages.length })}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}

interface ChoosersProps {
  readonly disabled: boolean;
  readonly onChoose: (files: readonly File[]) => void;
}

function Choosers({ disabled, onChoose }: ChoosersProps) {
  const { t } = useTranslation('exchange');
  const reset = useRef<() => void>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (files: readonly File[]): void => {
    if (files.length > 0) onChoose(files);
  };
  return (
    <Group gap="xs">
      <FileButton
        multiple
        resetRef={reset}
        onChange={(files) => {
          take(files);
          // So that the same can be chosen again.
          reset.current?.();
        }}
      >
        {(props) => (
          <Button {...props} variant="default" disabled={disabled} leftSection={<IconFile size={18} aria-hidden />}>
            {t('import.files')}
          </Button>
        )}
      </FileButton>
      <Button
        variant="default"
        disabled={disabled}
        leftSection={<IconFolder size={18} aria-hidden />}
        onClick={() => folder.current?.click()}
      >
        {t('import.folder')}
      </Button>
      <input
        ref={(input) => {
          folder.current = input;
          // React has no property for it.
          input?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        hidden
        aria-label={t('import.folder')}
        onChange={(event) => {
          take([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </Group>
  );
}

function Imported({ done, onOpen }: { readonly done: ImportedPages; readonly onOpen: () => void }) {
  const { t } = useTranslation('exchange');
  const { pages, files, left, first } = done;
  return (
    <Alert color="green" icon={<IconCheck size={18} aria-hidden />} title={t('import.done')}>
      <Text size="sm">{[t('pages', { count: pages }), t('files', { count: files })].join(' · ')}</Text>
      {first !== null && (
        <Anchor component={Link} href={`/commons/${first}`} size="sm" onClick={onOpen}>
          {t('import.open')}
        </Anchor>
      )}
      <LeftOutList left={left} />
    </Alert>
  );
}
