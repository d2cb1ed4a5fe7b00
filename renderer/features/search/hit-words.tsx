import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../../shared/commons/search/model';
import { useNetwork } from '../../app/network';
import { MarkedText } from '../../ui/found/marked-text';
import { Day } from '../../ui/moment';
import classes from './search.module.css';

/** A hit's title and the part of its text that was found. */
export function HitWords({ hit }: { readonly hit: SearchHit }) {
  const { t } = useTranslation('search');
  const { state } = useNetwork();
  const { title, excerpt, gone, kind, id } = hit;
  // Many entries have the same words.
  const entry = kind === 'entry' ? state.entries.get(id) : undefined;
  return (
    <>
      <span className={classes['title']}>
        {title.text === '' ? t('untitled') : <MarkedText of={title} />}
        {gone && (kind === 'page' || kind === 'member' || kind === 'resource') && (
          <Text span inherit c="dimmed" fw="normal">
            {' '}
            ({t(`gone.${kind}`)})
          </Text>
        )}
        {entry !== undefined && (
          <Text span inherit c="dimmed" fw="normal">
            {' '}
            · <Day date={entry.date} />
          </Text>
        )}
      </span>
      {excerpt !== null && (
        <span className={classes['excerpt']}>
          <MarkedText of={excerpt} />
        </span>
      )}
    </>
  );
}
