import { CloseButton, Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { countTags, hasTag } from '../../../../shared/commons/tags';
import { selectAll } from '../../../ui/select-all';
import { useCommons } from '../commons-context';

/** Shows the pages that have a tag. Nothing where no page has any. */
export function TagFilter() {
  const { t } = useTranslation('commons');
  const { all, tag, setTag } = useCommons();
  const known = useMemo(() => countTags([...all.values()].filter(({ deleted }) => !deleted)), [all]);
  const chosen = tag === null ? null : (known.find((one) => hasTag([one.tag], tag))?.tag ?? tag);
  if (known.length === 0 && chosen === null) return null;
  const choices = known.map((one) => ({ value: one.tag, label: t('tags.choice', { tag: one.tag, count: one.pages }) }));
  const isGone = chosen !== null && !known.some((one) => one.tag === chosen);
  return (
    <Select
      aria-label={t('tags.filter')}
      placeholder={t('tags.filter')}
      data={isGone ? [...choices, { value: chosen, label: chosen }] : choices}
      value={chosen}
      onChange={setTag}
      // The one that comes with the field is out of the keyboard's reach.
      rightSection={
        chosen === null ? undefined : (
          <CloseButton size={24} aria-label={t('tags.clear')} onClick={() => setTag(null)} />
        )
      }
      rightSectionPointerEvents={chosen === null ? 'none' : 'all'}
      onClick={selectAll}
      onFocus={selectAll}
      searchable
      limit={100}
      nothingFoundMessage={t('tags.none')}
    />
  );
}
