import { Text, VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { textChanges } from './text-changes';
import classes from './history.module.css';

/** Two states of a text as one, with what went and what came marked for eye and ear. */
export function TextChangesView({ before, after }: { readonly before: string; readonly after: string }) {
  const { t } = useTranslation('editor');
  const parts = useMemo(() => textChanges(before, after), [before, after]);
  if (parts.every(({ kind }) => kind === 'same'))
    return (
      <Text size="sm" c="dimmed">
        {t('history.same')}
      </Text>
    );
  return (
    <div className={classes['changes']} dir="auto">
      {parts.map(({ kind, text }, index) => {
        if (kind === 'same') return <span key={index}>{text}</span>;
        const Mark = kind === 'added' ? 'ins' : 'del';
        return (
          <Mark key={index}>
            <VisuallyHidden>{t(`history.${kind}`)} </VisuallyHidden>
            {text}
            <VisuallyHidden> {t('history.end')}</VisuallyHidden>
          </Mark>
        );
      })}
    </div>
  );
}
