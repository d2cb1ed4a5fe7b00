import { Button, Divider, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Translate } from '../../../shared/words/translate';
import { ClockNow } from '../../ui';
import { ParameterSentences, hasParameters, namesIn } from '../agreement';
import { type FoundingDraft, type Step, membershipTypes, titledProtocols } from '../../../shared/engine/founding-draft';

export function ReviewStep(props: { readonly draft: FoundingDraft; readonly onEdit: (step: Step) => void }) {
  const { t } = useTranslation('founding');
  const templates = useTranslation('templates').t as Translate;
  const { draft } = props;
  const types = membershipTypes(draft);
  const chosen = titledProtocols(draft, templates);
  const names = namesIn(chosen);
  const section = (step: Step, title: string, content: ReactNode) => (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h3">
          {title}
        </Title>
        <Button
          variant="subtle"
          size="xs"
          onClick={() => props.onEdit(step)}
          aria-label={t('review.changeOf', { title })}
        >
          {t('review.change')}
        </Button>
      </Group>
      {content}
    </section>
  );
  return (
    <Stack gap="lg">
      {section(
        'purpose',
        draft.name,
        <>
          <Text style={{ whiteSpace: 'pre-wrap' }} maw="var(--peerhold-measure)">
            {draft.purpose}
          </Text>
          <Text size="sm" c="dimmed" mt="xs">
            {t('review.unit', { unit: draft.unit })}
          </Text>
        </>,
      )}
      <Divider />
      {section(
        'you',
        t('review.you'),
        <Text>
          {t('review.founder', {
            name: draft.you,
            type: types.find((type) => type.id === draft.type)?.label ?? draft.type,
            device: draft.device,
          })}
        </Text>,
      )}
      <Divider />
      {section(
        'protocols',
        t('review.agreement', { count: chosen.length }),
        <Stack gap="md">
          {chosen.map((protocol) => (
            <div key={protocol.id}>
              <Text fw={600}>{protocol.title}</Text>
              {!hasParameters(protocol.kind) && (
                <Text size="sm" c="dimmed">
                  {t('review.words')}
                </Text>
              )}
              <ParameterSentences kind={protocol.kind} params={protocol.params} names={names} />
            </div>
          ))}
        </Stack>,
      )}
      <Text size="sm" c="dimmed" maw="var(--peerhold-measure)">
        {t('review.later')}
      </Text>
      <ClockNow />
    </Stack>
  );
}
