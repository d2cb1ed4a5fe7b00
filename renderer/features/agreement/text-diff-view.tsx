import { VisuallyHidden } from '@mantine/core';
import { Fragment, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './diff.module.css';
import { textDiff } from './text-diff';

/** A text with what was removed and added, marked by line and colour for the eye and by words for a screen reader. */
export function TextDiffView({ before, after }: { readonly before: string; readonly after: string }) {
  const { t } = useTranslation('agreement');
  const parts = useMemo(() => textDiff(before, after), [before, after]);
  return (
    <div className={classes['text']} dir="auto">
      {parts.map((part, index) => {
        if (part.kind === 'same') return <Fragment key={index}>{part.text}</Fragment>;
        const Tag = part.kind === 'removed' ? 'del' : 'ins';
        return (
          <Tag key={index} className={classes[part.kind]}>
            <VisuallyHidden>{t(`diff.${part.kind}Start`)}</VisuallyHidden>
            {part.text}
            <VisuallyHidden>{t(`diff.${part.kind}End`)}</VisuallyHidden>
          </Tag>
        );
      })}
    </div>
  );
}
