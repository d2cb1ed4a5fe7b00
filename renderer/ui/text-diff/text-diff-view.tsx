import { VisuallyHidden } from '@mantine/core';
import { Fragment, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { textDiff } from './text-diff';
import classes from './text-diff.module.css';

/** A text with what was removed and added, word by word. */
export function TextDiffView({ before, after }: { readonly before: string; readonly after: string }) {
  const parts = useMemo(() => textDiff(before, after), [before, after]);
  return (
    <div className={classes['text']} dir="auto">
      {parts.map(({ kind, text }, index) =>
        kind === 'same' ? (
          <Fragment key={index}>{text}</Fragment>
        ) : (
          <Changed key={index} kind={kind}>
            {text}
          </Changed>
        ),
      )}
    </div>
  );
}

/** Something removed or added, marked by line and colour for the eye and by words for a screen reader. */
export function Changed({ kind, children }: { readonly kind: 'removed' | 'added'; readonly children: ReactNode }) {
  const { t } = useTranslation('diff');
  const Mark = kind === 'removed' ? 'del' : 'ins';
  return (
    <Mark className={classes[kind]}>
      <VisuallyHidden>{t(`${kind}Start`)} </VisuallyHidden>
      {children}
      <VisuallyHidden> {t(`${kind}End`)}</VisuallyHidden>
    </Mark>
  );
}
