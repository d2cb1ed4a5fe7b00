import { useTranslation } from 'react-i18next';
import type { FileView } from '../../../shared/engine/files';
import { formatBytes } from '../bytes';
import { useLocale } from '../locale';

/** Where a file is: here, on its way, or on how many other devices. */
export function FileWhere({ view }: { readonly view: FileView }) {
  const { t } = useTranslation('ui');
  const locale = useLocale();
  const { state, sources, here, size } = view;
  if (state === 'here') return t('file.here');
  const elsewhere = sources === 0 ? t('file.nobody') : t('file.sources', { count: sources });
  const bytes = (count: number): string => formatBytes(count, locale);
  if (state === 'fetching') {
    if (sources === 0) return t('file.waiting');
    return size === null ? elsewhere : t('file.progress', { here: bytes(here), size: bytes(size) });
  }
  if (here === 0 || size === null) return elsewhere;
  return `${elsewhere} · ${t('file.partly', { here: bytes(here), size: bytes(size) })}`;
}
