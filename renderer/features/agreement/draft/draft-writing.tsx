import { Alert, Button, Divider, Group, Stack } from '@mantine/core';
import { IconArrowsJoin } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from 'wouter';
import * as Y from 'yjs';
import { AGREEMENT_DOC, type DraftProtocol, draftProtocols, protocolText } from '../../../../shared/commons/draft';
import { type OpenDoc, useDocValue } from '../../../app/docs';
import { useMe } from '../../../app/network';
import {
  type Apart,
  ApartContext,
  type ApartFields,
  useApartFields,
  useAskedApart,
} from '../../../editor/apart/use-apart';
import { useClauseComments } from '../../../ui/certainty';
import { namesIn } from '../use-words';
import { AddProtocol, type Added } from './add-protocol';
import { ProtocolWriting, sectionOf } from './protocol-writing';

const NONE: readonly DraftProtocol[] = [];

/** Every protocol of the draft to write on, and a way to add one. */
export function DraftWriting({ open }: { readonly open: OpenDoc }) {
  const protocols = useDocValue(open, draftProtocols) ?? NONE;
  const [added, setAdded] = useState<Added | null>(null);
  const names = namesIn(protocols);
  const asked = new URLSearchParams(useSearch()).get('protocol');
  const apart = useAskedApart(AGREEMENT_DOC);
  const fields = useApartFields();
  const comments = useClauseComments();
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
            said={comments.get(protocol.id)}
            added={protocol.id === added?.id ? added.from : null}
            asked={protocol.id === asked}
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
