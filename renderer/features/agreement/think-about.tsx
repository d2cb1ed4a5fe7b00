import { Group, Text } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { entryLike } from '../../../shared/network/agreement/library';
import type { ProtocolKind } from '../../../shared/network/agreement/model';
import type { Translate } from '../../../shared/words/translate';

/** What to think about before a protocol is agreed on, in the library's words; nothing where it has none. */
export function ThinkAbout({ of }: { readonly of: { readonly id: string; readonly kind: ProtocolKind } }) {
  const templates = useTranslation('templates').t as Translate;
  const entry = entryLike(of);
  if (entry === undefined) return null;
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start" maw="var(--peerhold-measure)">
      <IconBulb size={18} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
      <Text size="sm">{templates(`protocols.${entry}.think`)}</Text>
    </Group>
  );
}
