import { Accordion, Alert, Badge, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JoinPreview } from '../../../shared/engine/contract';
import { LanChoice, useLanOpen } from '../../app/lan-choice';
import { getPlatform } from '../../platform';

/** Longest name a person can give themselves here, in UTF-16 units. */
const MAX_NAME = 80;

interface Props {
  readonly preview: JoinPreview;
  readonly onJoin: (name: string) => void;
  /** In place of the button while joining. */
  readonly joining: ReactNode;
  readonly problem: ReactNode;
}

/** What one would join, readable before a name is given. */
export function JoinForm({ preview, onJoin, joining, problem }: Props) {
  const { t } = useTranslation('join');
  return (
    <Stack gap="xl">
      <section>
        <Group gap="xs" mb="xs">
          <Title order={2}>
            <bdi>{preview.networkName}</bdi>
          </Title>
          <Badge>{t('asType', { type: preview.type })}</Badge>
        </Group>
        <Text style={{ whiteSpace: 'pre-wrap' }} maw="var(--peerhold-measure)">
          {preview.purpose}
        </Text>
        <Text c="dimmed" mt="xs">
          {t('members', { count: preview.members })} · {t('by', { inviter: preview.inviter })}
        </Text>
      </section>
      <section>
        <Title order={2} mb={4}>
          {t('agreement')}
        </Title>
        <Text c="dimmed" mb="sm">
          {t('agreementHint')}
        </Text>
        <Accordion variant="separated" multiple order={3}>
          {preview.protocols.map(({ title, text }, index) => (
            <Accordion.Item key={index} value={String(index)}>
              <Accordion.Control>{title}</Accordion.Control>
              <Accordion.Panel>
                <Text style={{ whiteSpace: 'pre-wrap' }} maw="var(--peerhold-measure)">
                  {text}
                </Text>
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      </section>
      <section>
        <Title order={2} mb="sm">
          {t('you')}
        </Title>
        {preview.mode === 'decision' && (
          <Alert icon={<IconInfoCircle size={18} />} mb="sm">
            {t('decisionMode')}
          </Alert>
        )}
        <NameForm onJoin={onJoin} joining={joining} mode={preview.mode} problem={problem} />
      </section>
    </Stack>
  );
}

function NameForm({ onJoin, joining, mode, problem }: Omit<Props, 'preview'> & { readonly mode: JoinPreview['mode'] }) {
  const { t } = useTranslation('join');
  const [name, setName] = useState('');
  const [empty, setEmpty] = useState(false);
  const lanOpen = useLanOpen();
  const [lan, setLan] = useState(true);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setEmpty(name.trim() === '');
        if (name.trim() === '') return;
        // No condition of joining: whether it is open, and why it could not be, stands in the settings.
        if (lan && lanOpen === false)
          void getPlatform()
            .openLan()
            .catch(() => undefined);
        onJoin(name.trim());
      }}
    >
      <Stack maw="26rem">
        <TextInput
          label={t('name.label')}
          description={t('name.hint')}
          value={name}
          maxLength={MAX_NAME}
          autoComplete="name"
          disabled={joining !== undefined}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setEmpty(false);
          }}
          error={empty ? t('name.missing') : undefined}
        />
        <LanChoice
          lanOpen={lanOpen}
          hint={t('lanHint')}
          checkbox={{
            checked: lan,
            disabled: joining !== undefined,
            onChange: (event) => setLan(event.currentTarget.checked),
          }}
        />
        {problem}
        {joining ?? (
          <Group>
            <Button type="submit">{t(mode === 'decision' ? 'apply' : 'join')}</Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
