import { useMemo } from 'react';
import type { ProtocolKind, ProtocolSpec } from '../../../shared/network/agreement/model';
import { useTexts } from '../../app/network';

/** A protocol with its text at hand: undefined while it loads, null when it was erased or is not here. */
export interface ReadableProtocol {
  readonly id: string;
  readonly kind: ProtocolKind;
  readonly title: string;
  readonly text: string | null | undefined;
  readonly params: unknown;
}

/** Loads the texts of protocols as they stand in the record. Pass the version's own, unchanging array. */
export function useReadable(protocols: readonly ProtocolSpec[]): readonly ReadableProtocol[] {
  const refs = useMemo(() => protocols.map((protocol) => protocol.text), [protocols]);
  const texts = useTexts(refs);
  return useMemo(() => protocols.map((protocol, index) => ({ ...protocol, text: texts[index] })), [protocols, texts]);
}
