import { LevelInstallation } from '../../node/store/installation';
import { nodeRuntime } from '../../node/sync/runtime';
import { encodeMessage } from '../../shared/commons/messages';
import { fromHex, toHex } from '../../shared/record/bytes';
import { signEvent } from '../../shared/record/compose';
import { type EventBody, type SignedEvent, decodeEvent } from '../../shared/record/event';
import { randomBytes, signerOf, verify } from '../../shared/record/signature';
import type { Channel } from '../../shared/sync/channel/channel';
import { KIND, type Kind } from '../../shared/sync/channel/kinds';
import { Neighbours } from '../../shared/sync/channel/neighbours';
import { PRIORITY } from '../../shared/sync/channel/ports';
import { meet } from '../../shared/sync/meeting/meet';
import { encodeRecordMessage } from '../../shared/sync/record-messages';

/**
 * A member's device over real WebRTC, with the real key and handshake, whose program takes nothing in and sends what it is told to. In the
 * place of the honest app, which stored the key in `folder`.
 */
export interface LyingMember {
  readonly device: string;
  /** By device, the channels that are open. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** Why channels ended, by device. */
  readonly ended: ReadonlyMap<string, { readonly code: string; readonly by: string }>;
  /** An event that would be the device's next, as often as it is asked for. */
  next(payload: unknown): Promise<SignedEvent>;
  send(to: string, events: readonly Uint8Array[]): void;
  /** A change of a document of the commons, as one that was just made. */
  write(to: string, doc: string, update: Uint8Array): void;
  /** Bytes of no meaning, of one of the channel's kinds. */
  garbage(to: string, kind: Kind): void;
  close(): Promise<void>;
}

export async function lyingMember(folder: string, places: readonly string[]): Promise<LyingMember> {
  const installation = await LevelInstallation.open(folder);
  const [held] = await installation.networks();
  if (held === undefined) throw new Error('no network');
  const store = await installation.openStore(held.id);
  const events = (await store.load()).flatMap((batch) => batch.events.map((bytes) => decodeEvent(bytes)));
  await store.close();
  const signer = signerOf(held.key);
  const last = events.filter(({ device }) => device === signer.device).at(-1);
  const cited = new Set(
    events.flatMap(({ previous, parents }) => [...parents, ...(previous === null ? [] : [previous])]),
  );
  const heads = events.map(({ id }) => id).filter((id) => !cited.has(id) && id !== last?.id);

  const neighbours = new Neighbours({
    network: held.id,
    signer: { deviceKey: fromHex(signer.device), sign: (bytes) => signer.sign(bytes) },
    verify: (key, bytes, signature) => verify(toHex(key), bytes, signature),
    random: randomBytes,
    clock: nodeRuntime.clock,
    inviteKey: () => undefined,
    authorise: () => true,
  });
  const channels = new Map<string, Channel>();
  const ended = new Map<string, { code: string; by: string }>();
  const meeting = await meet(nodeRuntime, {
    network: held.id,
    servers: places,
    onTransport(transport) {
      neighbours
        .add(transport, () => undefined)
        .then((channel) => {
          const { device } = channel.remote!;
          channels.set(device, channel);
          channel.onClose(({ code, by }) => {
            channels.delete(device);
            ended.set(device, { code, by });
          });
        })
        .catch(() => undefined);
    },
  });
  return {
    device: signer.device,
    channels,
    ended,
    next(payload) {
      const body: EventBody = {
        network: held.id,
        device: signer.device,
        sequence: (last?.sequence ?? -1) + 1,
        previous: last?.id ?? null,
        parents: [...heads].sort(),
        time: Date.now(),
        rules: 1,
        type: 'note',
        payload,
      };
      return signEvent(body, signer);
    },
    send(to, given) {
      channels
        .get(to)!
        .send(KIND.record, encodeRecordMessage({ kind: 'events', events: given, texts: [] }), PRIORITY.bulk);
    },
    write(to, doc, update) {
      const updates = [{ bytes: update, member: null, time: Date.now() }];
      channels.get(to)!.send(KIND.docs, encodeMessage({ kind: 'updates', doc, answer: 0, updates }));
    },
    garbage(to, kind) {
      channels.get(to)!.send(kind, randomBytes(300));
    },
    async close() {
      meeting.close('channel.closed');
      neighbours.close('channel.closed');
      await installation.close();
    },
  };
}
