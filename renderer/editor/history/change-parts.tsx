import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChangePart } from './text-changes';

/** Text with what went and what came marked for eye and ear. */
export function ChangeParts({ parts }: { readonly parts: readonly ChangePart[] }) {
  const { t } = useTranslation('editor');
  return parts.map(({ kind, text }, index) => {
    if (kind === 'same') return <span key={index}>{text}</span>;
    const Mark = kind === 'added' ? 'ins' : 'del';
    return (
      <Mark key={index}>
        <VisuallyHidden>{t(`history.${kind}`)} </VisuallyHidden>
        {text}
        <VisuallyHidden> {t('history.end')}</VisuallyHidden>
      </Mark>
    );
  });
}
