import { PeerholdError } from '../errors';
import { forkEvidence } from '../network/fork-evidence';
import { writeForkFile } from '../network/fork-file';
import type { Replica } from '../replica/replica';

/**
 * The proof that a device signed two histories, as a file that anyone can check. Rejects with `fork-unknown` where it did not, as far as is
 * known here; with `fork-unproven` where the events here do not prove it, whose signatures came with a history that is still being
 * checked; with `signature-unchecked`.
 */
export async function forkFileOf({ record, state }: Replica, device: string): Promise<Uint8Array> {
  const halves = state.devices.get(device)?.fork?.map((id) => record.get(id)?.bytes);
  const [one, other] = halves ?? [];
  if (one === undefined || other === undefined) throw new PeerholdError('fork-unknown');
  if (!(await forkEvidence(one, other)).proves) throw new PeerholdError('fork-unproven');
  return writeForkFile([one, other]);
}
