import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DraftProtocol, addProtocol } from '../../../../shared/commons/draft';
import { usualParameters } from '../../../../shared/network/agreement/library';
import { PROTOCOL_KINDS, type ProtocolKind } from '../../../../shared/network/agreement/model';
import { kindsToAdd, slugFrom } from '../../../../shared/network/agreement/problems';
import { NETWORK_KEY } from '../../../../shared/network/state';
import type { OpenDoc } from '../../../app/docs';
import { useNetwork } from '../../../app/network';
import { Library } from './library';

const MAX_TITLE = 120;
const MAX_PROTOCOLS = 100;

/** A protocol that was just added: an empty one to write, one from the library to read first. */
export interface Added {
  readonly id: string;
  readonly from: 'library' | 'nothing';
}

interface Props {
  readonly open: OpenDoc;
  readonly protocols: readonly DraftProtocol[];
  readonly onAdded: (added: Added) => void;
}

/** Adds a protocol to the draft: one of the library's, or one of one's own. */
export function AddProtocol({ open, protocols, onAdded }: Props) {
  const { t } = useTranslation('agreement');
  const unit = useNetwork().state.network.get(NETWORK_KEY)?.unit ?? 'EUR';
  const full = protocols.length >= MAX_PROTOCOLS;
  const add = (protocol: Omit<DraftProtocol, 'order'>, text: string, from: Added['from']) => {
    const id = slugFrom(
      protocol.id,
      protocols.map((one) => one.id),
      protocol.kind,
    );
    onAdded({ id, from });
    addProtocol(open.doc, { ...protocol, id }, text);
  };
  return (
    <Stack component="section" gap="lg" aria-labelledby="add-protocol">
      <Title order={2} size="h3" id="add-protocol">
        {t('draft.add')}
      </Title>
      <Library
        protocols={protocols}
        unit={unit}
        full={full}
        onAdd={({ id, kind, params }, title, text) => add({ id, kind, title, params }, text, 'library')}
      />
      <OwnProtocol
        protocols={protocols}
        full={full}
        onAdd={(kind, title) =>
          add({ id: title, kind, title, params: usualParameters(kind, protocols, unit) }, '', 'nothing')
        }
      />
    </Stack>
  );
}

interface OwnProps {
  readonly protocols: readonly DraftProtocol[];
  /** Whether the draft has as many as there may be. */
  readonly full: boolean;
  readonly onAdd: (kind: ProtocolKind, title: string) => void;
}

function OwnProtocol({ protocols, full, onAdd }: OwnProps) {
  const { t } = useTranslation(['agreement', 'templates']);
  const kinds = kindsToAdd(
    protocols.map((protocol) => protocol.kind),
    PROTOCOL_KINDS,
  );
  const [chosen, setChosen] = useState<ProtocolKind>('practice');
  const [title, setTitle] = useState('');
  const kind = kinds.includes(chosen) ? chosen : 'practice';
  const add = () => {
    onAdd(kind, title.trim() === '' ? t('draft.newTitle') : title.trim());
    setTitle('');
  };
  return (
    <div role="group" aria-labelledby="own-protocol">
      <Title order={3} size="h4" id="own-protocol" mb="xs">
        {t('draft.addOwn')}
      </Title>
      <Group align="flex-end">
        <NativeSelect
          label={t('draft.addKind')}
          value={kind}
          data={kinds.map((each) => ({ value: each, label: t(`kinds.${each}.label`, { ns: 'templates' }) }))}
          onChange={(event) => setChosen(kinds.find((each) => each === event.currentTarget.value) ?? 'practice')}
        />
        <TextInput
          label={t('draft.addTitle')}
          value={title}
          maxLength={MAX_TITLE}
          style={{ flex: '1 1 14rem' }}
          maw={360}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} disabled={full} onClick={add}>
          {t('draft.addButton')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mt="xs">
        {t(`kinds.${kind}.about`, { ns: 'templates' })}
      </Text>
    </div>
  );
}
