import { Accordion, Badge, Button, Group, Stack, Switch, Text, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isNeeded } from '../../../shared/network/agreement/templates';
import { MAX_TEXT } from '../../../shared/record/text';
import { Markdown } from '../../ui/markdown/markdown';
import type { Translate } from '../../../shared/words/translate';
import { ParametersForm, ThinkAbout, hasParameters, namesIn } from '../agreement';
import {
  type DraftProtocol,
  type FoundingDraft,
  MAX_TITLE,
  type Problem,
  protocolsOf,
  textOf,
  titleOf,
  titledProtocols,
  withProtocol,
} from '../../../shared/engine/founding-draft';
import type { StepProps } from './purpose-step';

export function ProtocolsStep({ draft, onChange, problems }: StepProps & { readonly problems: readonly Problem[] }) {
  const { t } = useTranslation('founding');
  const templates = useTranslation('templates').t as Translate;
  const wrong = new Set(
    problems.map((problem) =>
      'protocol' in problem ? problem.protocol : 'agreement' in problem ? problem.agreement.kind : '',
    ),
  );
  return (
    <Accordion variant="separated" chevronPosition="left" order={2}>
      {protocolsOf(draft).map((protocol) => {
        const title = titleOf(protocol, templates);
        const needed = isNeeded(protocol.kind);
        return (
          <Accordion.Item key={protocol.id} value={protocol.id}>
            <Group wrap="nowrap" gap="xs" pe="md">
              <Accordion.Control>
                <Text fw={600} {...(protocol.on ? {} : { c: 'dimmed', td: 'line-through' })}>
                  {title}
                </Text>
                <Text size="sm" c="dimmed">
                  {templates(`kinds.${protocol.kind}.about`)}
                </Text>
              </Accordion.Control>
              {(wrong.has(protocol.id) || wrong.has(protocol.kind)) && (
                <Badge color="red">{t('protocols.incomplete')}</Badge>
              )}
              {needed ? (
                <Text size="sm" c="dimmed">
                  {t('protocols.needed')}
                </Text>
              ) : (
                <Switch
                  aria-label={t('protocols.use', { title })}
                  checked={protocol.on}
                  onChange={(event) => onChange(withProtocol(draft, protocol.id, { on: event.currentTarget.checked }))}
                />
              )}
            </Group>
            <Accordion.Panel>
              <ProtocolEditor
                draft={draft}
                protocol={protocol}
                onChange={(change) => onChange(withProtocol(draft, protocol.id, change))}
              />
            </Accordion.Panel>
          </Accordion.Item>
        );
      })}
    </Accordion>
  );
}

function ProtocolEditor(props: {
  draft: FoundingDraft;
  protocol: DraftProtocol;
  onChange: (change: Partial<DraftProtocol>) => void;
}) {
  const { t } = useTranslation('founding');
  const templates = useTranslation('templates').t as Translate;
  const [editing, setEditing] = useState(false);
  const { draft, protocol, onChange } = props;
  const text = textOf(protocol, draft.purpose, templates);
  const edited = protocol.text !== null || protocol.title !== null;
  return (
    <Stack gap="lg">
      <ThinkAbout of={protocol} />
      {editing ? (
        <Stack gap="sm">
          <TextInput
            label={t('protocols.titleField')}
            value={titleOf(protocol, templates)}
            maxLength={MAX_TITLE}
            error={protocol.title?.trim() === '' ? t('protocols.titleMissing') : null}
            onChange={(event) => onChange({ title: event.currentTarget.value })}
          />
          <Textarea
            label={t('protocols.text')}
            description={t('protocols.markdown')}
            value={text}
            maxLength={MAX_TEXT}
            autosize
            minRows={4}
            maxRows={20}
            onChange={(event) => onChange({ text: event.currentTarget.value })}
          />
        </Stack>
      ) : (
        <Markdown text={text} headings={3} />
      )}
      <Group gap="xs">
        <Button variant="default" size="xs" onClick={() => setEditing(!editing)}>
          {editing ? t('protocols.done') : t('protocols.edit')}
        </Button>
        {edited && (
          <Button variant="subtle" size="xs" onClick={() => onChange({ title: null, text: null })}>
            {t('protocols.restore')}
          </Button>
        )}
      </Group>
      {protocol.kind === 'membership' ? (
        <Text size="sm" c="dimmed">
          {t('protocols.membersBefore')}
        </Text>
      ) : (
        hasParameters(protocol.kind) && (
          <ParametersForm
            kind={protocol.kind}
            params={protocol.params}
            names={namesIn(titledProtocols(draft, templates))}
            unit={draft.unit}
            onChange={(params) => onChange({ params })}
          />
        )
      )}
    </Stack>
  );
}
