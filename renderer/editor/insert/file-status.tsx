import { Text } from '@mantine/core';
import type { Editor } from '@tiptap/core';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../ui/errors';
import type { FileState } from './use-file-tools';

/** Below the text: which files are being read, what went wrong, and the field with which a person is asked for one. */
export function FileStatus({ files, editor }: { readonly files: FileState; readonly editor: Editor }) {
  const { t, i18n } = useTranslation('editor');
  const { reading, error, input, tools } = files;
  return (
    <>
      <div role="status">
        {reading.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('files.reading', { names: new Intl.ListFormat(i18n.language).format(reading) })}
          </Text>
        )}
      </div>
      <FormError error={error} />
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label={t('files.choose')}
        onChange={({ currentTarget }) => {
          tools.add(editor.view, [...(currentTarget.files ?? [])]);
          // So that the same file can be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
