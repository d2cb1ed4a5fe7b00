import type { Marked } from '../../../shared/commons/search/excerpt';
import classes from './found.module.css';

/** Text with what was found in it marked. */
export function MarkedText({ of: { text, marks } }: { readonly of: Marked }) {
  return (
    <bdi>
      {marks.map(([from, to], index) => (
        <span key={from}>
          {text.slice(marks[index - 1]?.[1] ?? 0, from)}
          <mark className={classes['mark']}>{text.slice(from, to)}</mark>
        </span>
      ))}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </bdi>
  );
}
