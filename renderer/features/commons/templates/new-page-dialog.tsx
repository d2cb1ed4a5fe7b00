import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Beginning } from '../../../../shared/commons/beginning';
import { MAX_TITLE } from '../../../../shared/commons/pages';
import { FormError } from '../../../ui/errors';
import { useCommons } from '../commons-context';
import { allNodes } from '../tree-rows';
import { useNewPage } from '../use-new-page';
import { TEMPLATES } from './templates';

interface Props {
  readonly heading: string;
  /** Under which page; null: on the first level. */
  readonly parent: string | null;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks for a new page's title, and what it begins with. */
export function NewPageDialog({ heading, opened, onClose, parent }: Props) {
  const { t } = useTranslation('commons');
  return (
    <Modal opened={opened} onClose={onClose} title={heading} closeButtonProps={{ 'aria-label': t('close') }}>
      {opened && <NewPageForm parent={parent} onClose={onClose} />}
    </Modal>
  );
}

/** A choice by its value in the field: a template of the app by its name, a page by its id. */
const EMPTY = '';
const APP = 'app:';
const PAGE = 'page:';

function NewPageForm({ parent, onClose }: Pick<Props, 'parent' | 'onClose'>) {
  const { t } = useTranslation('commons');
  const { beginnings, beginningOf, labelOf, aboutOf } = useBeginnings();
  const newPage = useNewPage();
  const [title, setTitle] = useState('');
  /** The title is still the one that came with a template. */
  const [given, setGiven] = useState(true);
  const [chosen, setChosen] = useState(EMPTY);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const choose = (value: string): void => {
    setChosen(value);
    if (given || title === '') {
      setTitle(labelOf(value));
      setGiven(true);
    }
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (title.trim() === '') return;
    setBusy(true);
    setError(undefined);
    try {
      await newPage({ title: title.trim(), parent, beginning: beginningOf(chosen) });
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void save(event)}>
      <Stack>
        <TextInput
          label={t('title')}
          value={title}
          maxLength={MAX_TITLE}
          onChange={(event) => {
            setTitle(event.currentTarget.value);
            setGiven(false);
          }}
          required
          data-autofocus
        />
        <NativeSelect
          label={t('beginWith')}
          description={aboutOf(chosen)}
          data={beginnings}
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        <FormError error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={title.trim() === ''}>
            {t('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What a page can begin with, for a field that chooses. */
function useBeginnings() {
  const { t } = useTranslation('pagetemplates');
  const { tree, all } = useCommons();
  const own = useMemo(() => allNodes(tree).filter(({ template, title }) => template && title !== ''), [tree]);
  const template = (value: string) => TEMPLATES.find((name) => value === APP + name);
  const page = (value: string) => (value.startsWith(PAGE) ? all.get(value.slice(PAGE.length)) : undefined);
  return {
    beginnings: [
      { value: EMPTY, label: t('empty') },
      { group: t('ours'), items: TEMPLATES.map((name) => ({ value: APP + name, label: t(`${name}.label`) })) },
      ...(own.length === 0
        ? []
        : [{ group: t('theirs'), items: own.map(({ id, title }) => ({ value: PAGE + id, label: title })) }]),
    ],
    beginningOf: (value: string): Beginning | null => {
      const name = template(value);
      if (name !== undefined) return { markdown: t(`${name}.text`) };
      return value.startsWith(PAGE) ? { page: value.slice(PAGE.length) } : null;
    },
    labelOf: (value: string): string => {
      const name = template(value);
      return name === undefined ? (page(value)?.title ?? '') : t(`${name}.label`);
    },
    aboutOf: (value: string): string => {
      const name = template(value);
      if (name !== undefined) return t(`${name}.about`);
      const from = page(value);
      return from === undefined ? t('about.empty') : t('about.own', { page: from.title });
    },
  };
}
