import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SearchAnswer } from '../../../shared/commons/search/model';
import { countOf } from './hits';
import classes from './search.module.css';

/** So many texts are read before anybody has read a note about them. */
const FEW = 20;

/** What there is to know of an answer: that the words are not quite those, or that not all is read. */
export function Notes({ answer }: { readonly answer: SearchAnswer }) {
  const { t } = useTranslation('search');
  const { match, reading, cut } = answer;
  const notes = [
    ...(countOf(answer) > 0 && match !== 'all' ? [t(`match.${match}`)] : []),
    ...(reading === null || reading.total - reading.done < FEW
      ? []
      : [t('reading', { done: reading.done, total: reading.total })]),
    ...(cut === 0 ? [] : [t('cut', { count: cut })]),
  ];
  return notes.map((note) => (
    <Text key={note} size="sm" c="dimmed" className={classes['note']}>
      {note}
    </Text>
  ));
}
