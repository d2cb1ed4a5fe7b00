import { Autocomplete, Button, CloseButton, Group, VisuallyHidden } from '@mantine/core';
import { type FormEvent, type RefObject, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Page, addTag, removeTag } from '../../../../shared/commons/pages';
import { MAX_TAG, MAX_TAGS, countTags, hasTag, tagText } from '../../../../shared/commons/tags';
import { useCommons } from '../commons-context';
import classes from './tags.module.css';

interface Props {
  readonly page: Page;
  readonly readOnly: boolean;
}

/** The tags of a page: each shows the pages that have it, and can be taken off; the field takes more. */
export function PageTags({ page, readOnly }: Props) {
  const { t } = useTranslation('commons');
  const { index, setTag } = useCommons();
  const [said, setSaid] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const remove = (tag: string): void => {
    removeTag(index, page.id, tag);
    setSaid(t('tags.removed', { tag }));
    // The button that had the focus is gone.
    field.current?.focus();
  };
  if (readOnly && page.tags.length === 0) return null;
  return (
    <Group gap="xs" role="group" aria-label={t('tags.title')}>
      {page.tags.length > 0 && (
        <ul className={classes['tags']}>
          {page.tags.map((tag) => (
            <li key={tag} className={classes['tag']}>
              <Button
                variant="subtle"
                size="compact-sm"
                radius="xl"
                onClick={() => setTag(tag)}
                title={t('tags.show', { tag })}
              >
                <bdi>{tag}</bdi>
              </Button>
              {!readOnly && (
                <CloseButton
                  size={24}
                  data-noprint
                  aria-label={t('tags.remove', { tag })}
                  onClick={() => remove(tag)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {!readOnly && page.tags.length < MAX_TAGS && (
        <NewTag
          field={field}
          page={page}
          onAdd={(tag) => {
            addTag(index, page.id, tag);
            setSaid(t('tags.added', { tag }));
          }}
        />
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </Group>
  );
}

interface NewTagProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly page: Page;
  readonly onAdd: (tag: string) => void;
}

function NewTag({ field, page, onAdd }: NewTagProps) {
  const { t } = useTranslation('commons');
  const { all } = useCommons();
  const [typed, setTyped] = useState('');
  /** The list puts what was chosen into the field, where it is not wanted any more. */
  const taken = useRef<string>(null);
  const known = useMemo(() => countTags([...all.values()].filter(({ deleted }) => !deleted)), [all]);
  const others = known.map(({ tag }) => tag).filter((tag) => !hasTag(page.tags, tag));
  const add = (tag: string): void => {
    const text = tagText(tag);
    if (text === '') return;
    // As others write it, where it is known.
    onAdd(others.find((one) => hasTag([one], text)) ?? text);
    setTyped('');
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add(typed);
  };
  return (
    <form onSubmit={submit} data-noprint>
      <Autocomplete
        ref={field}
        aria-label={t('tags.add')}
        placeholder={t('tags.add')}
        size="xs"
        w="9rem"
        maxLength={MAX_TAG}
        limit={20}
        data={others}
        value={typed}
        onChange={(value) => {
          if (value !== taken.current) setTyped(value);
          taken.current = null;
        }}
        onOptionSubmit={(tag) => {
          taken.current = tag;
          add(tag);
        }}
      />
    </form>
  );
}
