import { List } from '@mantine/core';
import { useMemo } from 'react';
import type { ProtocolKind } from '../../../shared/network/agreement/model';
import { parameterSentences } from './sentences';
import { type Names, useWords } from './use-words';

/** The parameters of a protocol as plain sentences; nothing for a protocol of words only. */
export function ParameterSentences(props: { kind: ProtocolKind; params: unknown; names: Names }) {
  const words = useWords(props.names);
  const sentences = useMemo(
    () => parameterSentences(props.kind, props.params, words),
    [props.kind, props.params, words],
  );
  if (sentences.length === 0) return null;
  return (
    <List size="sm" spacing={4} maw="var(--peerhold-measure)">
      {sentences.map(({ key, text }) => (
        <List.Item key={key}>{text}</List.Item>
      ))}
    </List>
  );
}
