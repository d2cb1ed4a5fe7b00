import { signEvent } from '../../shared/record/compose';
import type { EventBody, SignedEvent } from '../../shared/record/event';
import type { Signer } from '../../shared/record/signature';
import type { Replica } from '../../shared/replica/replica';

interface Forger {
  readonly signer: Signer;
  readonly replica: Replica;
}

/** What a lying member can send: any body under their own key, without asking the rules. */
export async function forge(by: Forger, change: Partial<EventBody>, signer: Signer = by.signer): Promise<SignedEvent> {
  const { record } = by.replica;
  const last = record.tips().find((tip) => tip.device === by.signer.device);
  const certificate = last === undefined ? record.certificatesOf(by.signer.device) : [];
  const body: EventBody = {
    network: by.replica.id,
    device: signer.device,
    sequence: (last?.sequence ?? -1) + 1,
    previous: last?.id ?? null,
    parents: [...new Set([...certificate, ...record.heads()])].filter((id) => id !== last?.id).sort(),
    time: 0,
    rules: 1,
    type: 'member.leave',
    payload: {},
    ...change,
  };
  return signEvent(body, signer);
}
