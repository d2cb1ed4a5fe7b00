import { Button, Modal, Stack, Text } from '@mantine/core';
import { IconFileText, IconFileTypeHtml, IconFileTypePdf, IconFileZip, IconPrinter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Page } from '../../../../shared/commons/pages';
import { makesPdfs } from '../../../platform';
import { FormError } from '../../../ui/errors';
import { LongTask } from '../../../ui/long-task';
import { ExportResult } from './export-result';
import { useExport } from './use-export';

interface Props {
  readonly page: Page;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The ways in which a page can leave the app. */
export function ExportDialog({ page, opened, onClose }: Props) {
  const { t } = useTranslation('exchange');
  const title = page.title === '' ? t('untitled') : page.title;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('pageTitle', { page: title })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {opened && <Choices page={page.id} title={title} onClose={onClose} />}
    </Modal>
  );
}

function Choices({ page, title, onClose }: Pick<Props, 'onClose'> & { readonly page: string; readonly title: string }) {
  const { t } = useTranslation('exchange');
  const { running, result, error, cancel, savePage, savePdf, saveArchive } = useExport();
  const print = (): void => {
    onClose();
    // Once the dialog, which would be in the way of the text, is gone.
    setTimeout(() => window.print(), 300);
  };
  return (
    <Stack>
      <Choice
        icon={<IconFileZip size={18} aria-hidden />}
        label={t('archive.label')}
        about={t('archive.about')}
        disabled={running}
        onChoose={() => saveArchive(page, title)}
      />
      <Choice
        icon={<IconFileText size={18} aria-hidden />}
        label={t('markdown.label')}
        about={t('markdown.about')}
        disabled={running}
        onChoose={() => savePage(page, title, 'markdown')}
      />
      <Choice
        icon={<IconFileTypeHtml size={18} aria-hidden />}
        label={t('html.label')}
        about={t('html.about')}
        disabled={running}
        onChoose={() => savePage(page, title, 'html')}
      />
      {makesPdfs() && (
        <Choice
          icon={<IconFileTypePdf size={18} aria-hidden />}
          label={t('pdf.label')}
          about={t('pdf.about')}
          disabled={running}
          onChoose={() => savePdf(title)}
        />
      )}
      <Choice
        icon={<IconPrinter size={18} aria-hidden />}
        label={t(makesPdfs() ? 'print.alone' : 'print.label')}
        about={t(makesPdfs() ? 'print.aloneAbout' : 'print.about')}
        disabled={running}
        onChoose={print}
      />
      {running && <LongTask task="pages" label={t('running')} onCancel={cancel} />}
      <FormError error={error} />
      <div role="status">{result !== undefined && <ExportResult result={result} />}</div>
    </Stack>
  );
}

interface ChoiceProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly about: string;
  readonly disabled: boolean;
  readonly onChoose: () => unknown;
}

function Choice({ icon, label, about, disabled, onChoose }: ChoiceProps) {
  return (
    <div>
      <Button variant="default" leftSection={icon} disabled={disabled} onClick={onChoose}>
        {label}
      </Button>
      <Text size="sm" c="dimmed" mt={4}>
        {about}
      </Text>
    </div>
  );
}
