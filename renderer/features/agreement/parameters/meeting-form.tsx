import { ActionIcon, Button, Group, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Parameters, placeAddress, stunAddress, turnAddress } from '../../../../shared/network/agreement/model';
import type { FormProps } from './form-props';
import { Meanings } from './meanings';

const MOST = { places: 4, stun: 2, turn: 2 } as const;

type Turn = Parameters<'meeting'>['turn'][number];

export function MeetingForm({ params, onChange }: FormProps<'meeting'>) {
  const { t } = useTranslation('templates');
  const { turn } = params;
  const wrong = (addresses: readonly string[], fits: (address: unknown) => boolean): string | null => {
    const address = addresses.find((one) => !fits(one));
    return address === undefined ? null : t('parameters.meeting.wrong', { address });
  };
  const replace = (index: number, next: Partial<Turn>) =>
    onChange({ ...params, turn: turn.map((one, at) => (at === index ? { ...one, ...next } : one)) });
  return (
    <Stack gap="md">
      <TagsInput
        label={t('parameters.meeting.places.label')}
        description={t('parameters.meeting.places.meaning')}
        value={[...params.places]}
        maxTags={MOST.places}
        error={wrong(params.places, placeAddress)}
        onChange={(places) => onChange({ ...params, places })}
      />
      <TagsInput
        label={t('parameters.meeting.stun.label')}
        description={t('parameters.meeting.stun.meaning')}
        value={[...params.stun]}
        maxTags={MOST.stun}
        error={wrong(params.stun, stunAddress)}
        onChange={(stun) => onChange({ ...params, stun })}
      />
      <div>
        <Text fw={600} size="sm">
          {t('parameters.meeting.turn.label')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('parameters.meeting.turn.meaning')}
        </Text>
      </div>
      <Meanings
        of={(['address', 'username', 'credential'] as const).map((field) => ({
          label: t(`parameters.meeting.${field}.label`),
          meaning: t(`parameters.meeting.${field}.meaning`),
        }))}
      />
      {turn.map(({ address, username, credential }, index) => (
        // The place in the list is all that tells one server from another while it is edited.
        <Group key={`${index} of ${turn.length}`} align="flex-end" gap="sm">
          <TextInput
            label={t('parameters.meeting.address.label')}
            value={address}
            error={wrong([address], turnAddress)}
            onChange={(event) => replace(index, { address: event.currentTarget.value })}
          />
          <TextInput
            label={t('parameters.meeting.username.label')}
            value={username}
            maxLength={128}
            onChange={(event) => replace(index, { username: event.currentTarget.value })}
          />
          <TextInput
            label={t('parameters.meeting.credential.label')}
            value={credential}
            maxLength={128}
            autoComplete="off"
            onChange={(event) => replace(index, { credential: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('parameters.meeting.remove', { number: index + 1 })}
            onClick={() => onChange({ ...params, turn: turn.filter((_, at) => at !== index) })}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={turn.length >= MOST.turn}
          onClick={() => onChange({ ...params, turn: [...turn, { address: 'turn:', username: '', credential: '' }] })}
        >
          {t('parameters.meeting.add')}
        </Button>
      </div>
    </Stack>
  );
}
