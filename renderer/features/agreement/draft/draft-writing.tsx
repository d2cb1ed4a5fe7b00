import { Alert, Button, Divider, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconArrowsJoin, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import {
  AGREEMENT_DOC,
  type DraftProtocol,
  addProtocol,
  draftProtocols,
  protocolText,
} from '../../../../shared/commons/draft';
import { PROTOCOL_KINDS, type ProtocolKind } from '../../../../shared/network/agreement/model';
import { kindsToAdd, slugFrom } from '../../../../shared/network/agreement/problems';
import { defaultParameters } from '../../../../shared/network/agreement/templates';
import { type OpenDoc, useDocValue } from '../../../app/docs';
import { useMe } from '../../../app/network';
import {
  type Apart,
  ApartContext,
  type ApartFields,
  useApartFields,
  useAskedApart,
} from '../../../editor/apart/use-apart';
import { namesIn } from '../use-words';
import { ProtocolWriting, sectionOf } from './protocol-writing';

const MAX_TITLE = 120;
const MAX_PROTOCOLS = 100;
const NONE: readonly DraftProtocol[] = [];

/** Every protocol of the draft to write on, and a way to add one. */
export function DraftWriting({ open }: { readonly open: OpenDoc }) {
  const protocols = useDocValue(open, draftProtocols) ?? NONE;
  const [added, setAdded] = useState<string | null>(null);
  const names = namesIn(protocols);
  const apart = useAskedApart(AGREEMENT_DOC);
  const fields = useApartFields();
  return (
    <ApartContext value={apart}>
      <Stack gap="xl">
        <ChangedApartIn open={open} apart={apart} fields={fields} protocols={protocols} />
        {protocols.map((protocol) => (
          <ProtocolWriting
            key={protocol.id}
            open={open}
            protocol={protocol}
            names={names}
            fields={fields}
            fresh={protocol.id === added}
          />
        ))}
        <Divider />
        <AddProtocol open={open} protocols={protocols} onAdded={setAdded} />
      </Stack>
    </ApartContext>
  );
}

interface ChangedApartProps {
  readonly open: OpenDoc;
  readonly apart: Apart;
  readonly fields: ApartFields;
  readonly protocols: readonly DraftProtocol[];
}

/** In which protocols there is something to settle, since a draft is long. Nothing where there is none. */
function ChangedApartIn({ open, apart, fields, protocols }: ChangedApartProps) {
  const { t } = useTranslation('agreement');
  const me = useMe();
  const texts = new Set(apart.found.map(({ text }) => text));
  const some = protocols.filter(
    ({ id }) =>
      texts.has(Y.findRootTypeKey(protocolText(open.doc, id))) || fields.found.some(({ protocol }) => protocol === id),
  );
  if (me === null || some.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" icon={<IconArrowsJoin size={18} aria-hidden />} title={t('draft.apart')}>
      <Group gap="xs">
        {some.map(({ id, title }) => (
          <Button
            key={id}
            size="xs"
            variant="default"
            onClick={() => document.getElementById(sectionOf(id))?.scrollIntoView()}
          >
            <bdi>{title}</bdi>
          </Button>
        ))}
      </Group>
    </Alert>
  );
}

function AddProtocol(props: {
  readonly open: OpenDoc;
  readonly protocols: readonly DraftProtocol[];
  readonly onAdded: (id: string) => void;
}) {
  const { t } = useTranslation(['agreement', 'templates']);
  const { open, protocols } = props;
  const kinds = kindsToAdd(
    protocols.map((protocol) => protocol.kind),
    PROTOCOL_KINDS,
  );
  const [chosen, setChosen] = useState<ProtocolKind>('practice');
  const [title, setTitle] = useState('');
  const kind = kinds.includes(chosen) ? chosen : 'practice';
  const add = () => {
    const name = title.trim() === '' ? t('draft.newTitle') : title.trim();
    const id = slugFrom(
      name,
      protocols.map((protocol) => protocol.id),
      kind,
    );
    props.onAdded(id);
    addProtocol(open.doc, { id, kind, title: name, params: defaultParameters(kind) });
    setTitle('');
  };
  return (
    <section>
      <Title order={2} size="h3" mb="xs">
        {t('draft.add')}
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
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={protocols.length >= MAX_PROTOCOLS}
          onClick={add}
        >
          {t('draft.addButton')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mt="xs">
        {t(`kinds.${kind}.about`, { ns: 'templates' })}
      </Text>
    </section>
  );
}
