import { Accordion, Alert, Badge, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JoinPreview } from '../../../shared/engine/contract';
import { LanChoice, useLanOpen } from '../../app/lan-choice';
import { getPlatform } from '../../platform';
import { focused } from '../../ui/focused';

/** Longest name a person can give themselves here, in UTF-16 units. */
const MAX_NAME = 80;

interface Props {
  readonly preview: JoinPreview;
  readonly onJoin: (name: string) => void;
  readonly onRestore: (name: string) => void;
  /** In place of the button while joining. */
  readonly joining: ReactNode;
  readonly problem: ReactNode;
}

/** What one would join, readable before a name is given. */
export function JoinForm({ preview, onJoin, onRestore, joining, problem }: Props) {
  const { t } = useTranslation('join');
  const [back, setBack] = useState(false);
  return (
    <Stack gap="xl">
      <section>
        <Group gap="xs" mb="xs">
          <Title order={2} ref={focused} tabIndex={-1} style={{ outline: 'none' }}>
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
        {preview.mode === 'decision' && !back && (
          <Alert icon={<IconInfoCircle size={18} />} mb="sm">
            {t('decisionMode')}
          </Alert>
        )}
        {back && (
          <Text mb="sm" maw="var(--peerhold-measure)">
            {t('back.text')}
          </Text>
        )}
        <NameForm
          onJoin={back ? onRestore : onJoin}
          joining={joining}
          action={t(back ? 'back.ask' : preview.mode === 'decision' ? 'apply' : 'join')}
          hint={t(back ? 'back.name' : 'name.hint')}
          problem={problem}
        />
        {joining === undefined && (
          <Button variant="subtle" size="compact-md" px={0} mt="md" onClick={() => setBack(!back)}>
            {t(back ? 'back.not' : 'back.lost')}
          </Button>
        )}
      </section>
    </Stack>
  );
}

interface NameFormProps extends Omit<Props, 'preview' | 'onRestore'> {
  readonly action: string;
  readonly hint: string;
}

function NameForm({ onJoin, joining, action, hint, problem }: NameFormProps) {
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
          description={hint}
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
            <Button type="submit">{action}</Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
