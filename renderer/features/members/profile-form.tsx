import { Button, Group, Stack, TextInput, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Member } from '../../../shared/network/membership/model';
import { useAct, useTexts } from '../../app/network';
import { FormError, Loading } from '../../ui';

const MAX_NAME = 80;
const MAX_WORDS = 2_000;

interface Words {
  readonly name: string;
  readonly about: string;
  readonly seeks: string;
  readonly offers: string;
}

/** One's own profile. It waits for the texts that stand there now, so that saving does not empty them. */
export function ProfileForm({ member, onDone }: { readonly member: Member; readonly onDone: () => void }) {
  const refs = useMemo(
    () => [member.name, member.about, member.seeks, member.offers].filter((ref) => ref !== undefined),
    [member],
  );
  const texts = useTexts(refs);
  if (texts.includes(undefined)) return <Loading />;
  const textOf = (ref: (typeof refs)[number] | undefined): string =>
    ref === undefined ? '' : (texts[refs.indexOf(ref)] ?? '');
  return (
    <Form
      initial={{
        name: textOf(member.name),
        about: textOf(member.about),
        seeks: textOf(member.seeks),
        offers: textOf(member.offers),
      }}
      onDone={onDone}
    />
  );
}

function Form({ initial, onDone }: { readonly initial: Words; readonly onDone: () => void }) {
  const { t } = useTranslation('members');
  const act = useAct();
  const [error, setError] = useState<unknown>();
  const form = useForm({
    initialValues: initial,
    validate: { name: (value) => (value.trim() === '' ? t('profile.nameMissing') : null) },
  });
  const save = async (words: Words): Promise<void> => {
    setError(undefined);
    try {
      await act('member.describe', payloadOf(words));
      onDone();
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack maw="var(--peerhold-measure)">
        <TextInput label={t('profile.name')} maxLength={MAX_NAME} {...form.getInputProps('name')} />
        {(['about', 'seeks', 'offers'] as const).map((field) => (
          <Textarea
            key={field}
            label={t(`profile.${field}`)}
            description={t(`profile.${field}Hint`)}
            autosize
            minRows={2}
            maxLength={MAX_WORDS}
            {...form.getInputProps(field)}
          />
        ))}
        <FormError error={error} />
        <Group>
          <Button type="submit" loading={form.submitting}>
            {t('profile.save')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What is left empty is left out, so that "not told" and an empty text are one. */
function payloadOf({ name, about, seeks, offers }: Words) {
  const optional = (words: string) => (words.trim() === '' ? undefined : { text: words.trim() });
  const [aboutText, seeksText, offersText] = [optional(about), optional(seeks), optional(offers)];
  return {
    name: { text: name.trim() },
    ...(aboutText === undefined ? {} : { about: aboutText }),
    ...(seeksText === undefined ? {} : { seeks: seeksText }),
    ...(offersText === undefined ? {} : { offers: offersText }),
  };
}
