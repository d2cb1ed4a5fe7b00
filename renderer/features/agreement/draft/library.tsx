import { Accordion, Button, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftProtocol } from '../../../../shared/commons/draft';
import { type LibraryEntry, libraryFor, presetLike } from '../../../../shared/network/agreement/library';
import { PRESETS, type Preset } from '../../../../shared/network/agreement/templates';
import { NETWORK_KEY } from '../../../../shared/network/state';
import type { Translate } from '../../../../shared/words/translate';
import { useNetwork, useText } from '../../../app/network';
import { Markdown } from '../../../ui/markdown/markdown';
import { ParameterSentences } from '../parameter-sentences';
import { ThinkAbout } from '../think-about';
import { namesIn } from '../use-words';

interface Props {
  readonly protocols: readonly DraftProtocol[];
  /** The network's currency. */
  readonly unit: string;
  /** Whether the draft has as many protocols as there may be. */
  readonly full: boolean;
  readonly onAdd: (entry: LibraryEntry, title: string, text: string) => void;
}

/** The library of protocols that the draft does not have, by the sort of network, each with its text and what to think about. */
export function Library({ protocols, unit, full, onAdd }: Props) {
  const { t } = useTranslation('agreement');
  const words = useTranslation('templates').t as Translate;
  const purpose = useText(useNetwork().state.network.get(NETWORK_KEY)?.purpose) ?? '';
  const [chosen, setChosen] = useState<Preset>();
  const preset = chosen ?? presetLike(protocols);
  const entries = useMemo(() => libraryFor(preset, protocols, unit), [preset, protocols, unit]);
  const names = namesIn(protocols);
  return (
    <Stack role="group" aria-labelledby="library" gap="sm">
      <div>
        <Title order={3} size="h4" id="library">
          {t('draft.library.title')}
        </Title>
        <Text size="sm" c="dimmed" maw="var(--peerhold-measure)">
          {t('draft.library.text')}
        </Text>
      </div>
      <NativeSelect
        label={t('draft.library.preset')}
        description={words(`presets.${preset}.description`)}
        maw={440}
        value={preset}
        data={PRESETS.map((each) => ({ value: each, label: words(`presets.${each}.label`) }))}
        onChange={(event) => setChosen(PRESETS.find((each) => each === event.currentTarget.value))}
      />
      {entries.length === 0 && <Text size="sm">{t('draft.library.empty')}</Text>}
      <Accordion variant="separated" chevronPosition="left" order={4}>
        {entries.map((entry) => {
          const title = words(entry.titleKey);
          const text = words(entry.textKey, { purpose });
          return (
            <Accordion.Item key={entry.id} value={entry.id}>
              <Accordion.Control>
                <Text fw={600}>{title}</Text>
                <Text size="sm" c="dimmed">
                  {words(`kinds.${entry.kind}.about`)}
                </Text>
              </Accordion.Control>
              <Accordion.Panel>
                <Stack gap="sm">
                  <ThinkAbout of={entry} />
                  <Markdown text={text} headings={5} />
                  <ParameterSentences kind={entry.kind} params={entry.params} names={names} />
                  <div>
                    <Button
                      variant="default"
                      size="xs"
                      leftSection={<IconPlus size={16} aria-hidden />}
                      disabled={full}
                      aria-label={t('actionOf', { action: t('draft.library.add'), title })}
                      onClick={() => onAdd(entry, title, text)}
                    >
                      {t('draft.library.add')}
                    </Button>
                  </div>
                </Stack>
              </Accordion.Panel>
            </Accordion.Item>
          );
        })}
      </Accordion>
    </Stack>
  );
}
