import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_VERSION_NAME, nameVersion } from '../../../shared/commons/versions';
import type { OpenDoc } from '../../app/docs';
import { useMe } from '../../app/network';
import { FormError } from '../../ui/errors';
import { focused } from '../../ui/focused';
import { randomId } from '../random-id';

interface Props {
  /** The document that has the names. */
  readonly names: OpenDoc;
  /** What is named, as a button. */
  readonly label: string;
  /** The state, read when it is named. */
  readonly state: () => Uint8Array | Promise<Uint8Array>;
}

/** Gives a state of a text a name. Nothing for who is no member. */
export function NameForm({ names, label, state }: Props) {
  const { t } = useTranslation('editor');
  const me = useMe();
  const [name, setName] = useState<string | null>(null);
  const [error, setError] = useState<unknown>();
  if (me === null) return null;
  if (name === null)
    return (
      <Group>
        <Button variant="default" size="xs" onClick={() => setName('')}>
          {label}
        </Button>
      </Group>
    );
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    setError(undefined);
    try {
      const version = { id: randomId(), name, member: me.member, time: Date.now(), state: await state() };
      nameVersion(names.doc, version);
      setName(null);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <form onSubmit={(event) => void save(event)}>
      <FormError error={error} />
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t('history.name')}
          value={name}
          maxLength={MAX_VERSION_NAME}
          ref={focused}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" disabled={name.trim() === ''}>
          {t('history.saveName')}
        </Button>
        <Button variant="subtle" color="gray" onClick={() => setName(null)}>
          {t('thread.cancel')}
        </Button>
      </Group>
    </form>
  );
}
