import { Letter, writeLetter } from '../bundle/letter';
import { MAX_CARRIED_BYTES, MAX_LOCKED } from '../bundle/limits';
import { type Locking, lock, unlock } from '../bundle/lock';
import type { Source } from '../bundle/source';
import { PeerholdError } from '../errors';
import { receivingKeys } from '../network/membership/queries';
import type { Carried } from '../peer/bundle-files';
import type { Progress } from '../peer/bundles';
import type { Peer } from '../peer/peer';
import type { ReceivingKey } from '../record/receiving-key';
import type { BundleOrder, CarriedFiles, ImportedBundle, MadeBundle } from './contract';

export interface BundleDeskOptions {
  readonly peer: Peer;
  /** By what this device receives. */
  readonly key: () => Promise<ReceivingKey>;
  readonly progress: (task: 'export' | 'import') => Progress;
  /** A bundle was taken in. */
  readonly taken: () => void;
}

/** Steps of a whole import: reading all of it, taking the record and the documents in, storing files. */
const STEPS = 1_000;
const NO_FILES: Carried = { manifests: [], bytes: 0, left: 0, absent: 0 };

/** Where a network's bundles are made and taken in. */
export class BundleDesk {
  readonly #options: BundleDeskOptions;
  /** How often what is under way was called off. */
  #cancelled = 0;

  constructor(options: BundleDeskOptions) {
    this.#options = options;
  }

  /** The files that would go into a bundle. */
  async carried(): Promise<CarriedFiles> {
    const { manifests, ...rest } = await this.#options.peer.bundles.files.carried();
    return { ...rest, count: manifests.length };
  }

  /** Ends with `bundle-cancelled` what is under way, but for record and documents that are being taken in already. */
  cancel(): void {
    this.#cancelled += 1;
  }

  /**
   * Puts the network into a file, which `put` is given piece by piece. Rejects with `no-member`, `bundle-cannot-receive` with the names of whom
   * nothing can be encrypted to, `bundle-passphrase-short`, `bundle-too-large`, `file-damaged`, `bundle-cancelled`, or what `put` does.
   * `start`: what a backup has before all else; without it, it is a bundle.
   */
  async make(
    { recipient, lock: by, files }: BundleOrder,
    put: (bytes: Uint8Array) => Promise<void>,
    start?: Uint8Array,
  ): Promise<MadeBundle> {
    const { peer, progress } = this.#options;
    // First: a long wait that ends with this would be for nothing.
    const locking = 'passphrase' in by ? by : lockingFor(peer, by.members);
    const goOn = this.#goOn();
    const tell = progress('export');
    let carried = files ? await peer.bundles.files.carried() : NO_FILES;
    const pieces = carried.manifests.reduce((sum, manifest) => sum + manifest.pieces, 0);
    let [done, total] = [0, pieces];
    const { content, events, documents } = peer.bundles.make(recipient, (now, all) => {
      goOn();
      [done, total] = [now, all + pieces];
      tell(done, total);
    });
    const step = (): void => tell(++done, total);
    let [locked, bytes] = [0, 0];
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const part of content) {
        locked += part.length;
        yield part;
      }
    };
    const behind = async function* (): AsyncGenerator<Uint8Array> {
      // Only now is it known how much record and documents have left of the room.
      const room = MAX_LOCKED - locked;
      if (files && room < MAX_CARRIED_BYTES) carried = await peer.bundles.files.carried(room);
      yield* peer.bundles.files.write(carried, step);
    };
    const plain = async function* (): AsyncGenerator<Uint8Array> {
      if (start !== undefined) yield start;
      yield* writeLetter(counted(), behind());
    };
    for await (const part of lock(plain(), locking, start !== undefined)) {
      goOn();
      bytes += part.length;
      await put(part);
    }
    return {
      bytes,
      events,
      documents,
      files: carried.manifests.length,
      filesLeft: carried.left,
      filesAbsent: carried.absent,
    };
  }

  /**
   * Takes in what is new in a file, once all of it is known to be as it was made. Rejects with what `unlock`, `Letter` and `Bundles.take` do,
   * or `bundle-cancelled`: of the files those pieces stay then that came, and the next time the rest is stored.
   */
  async take(file: Source, passphrase: string | null): Promise<ImportedBundle> {
    const { peer, key, progress, taken } = this.#options;
    const { me, id } = peer;
    const goOn = this.#goOn();
    const tell = progress('import');
    const within = (from: number, to: number) => (done: number, total: number) =>
      tell(from + Math.floor(((to - from) * done) / Math.max(1, total)), STEPS);
    const [reading, taking, storing] = [within(0, 400), within(400, 600), within(600, STEPS)];
    const opener = me && {
      network: id,
      member: me.member,
      key: await key(),
      nameOf: (one: string) => nameOf(peer, one),
    };
    // Record and documents that are being taken in are taken in to their end.
    let isTaking = false;
    const letter = new Letter(await unlock(file, { passphrase, opener }));
    const told = (part: Progress) => {
      let most = 0;
      return (bytes: number): void => {
        goOn();
        // The content is read again before the files: what is told does not go back.
        most = Math.max(most, bytes);
        part(most, file.size);
      };
    };
    const check = told(reading);
    const bundle = await peer.bundles.take(
      () => letter.content(isTaking ? undefined : check),
      taking,
      async () => {
        for await (const _part of letter.files(check));
        isTaking = true;
      },
    );
    taken();
    const parts = letter.files(told(storing));
    return { ...bundle, files: await peer.bundles.files.take(parts) };
  }

  /** Throws once this is called off. */
  #goOn(): () => void {
    const begun = this.#cancelled;
    return () => {
      if (this.#cancelled > begun) throw new PeerholdError('bundle-cancelled');
    };
  }
}

function lockingFor(peer: Peer, members: readonly string[]): Locking {
  const receivers = [...new Set(members)].map((member) => ({ member, keys: receivingKeys(peer.state, member) }));
  const unreached = receivers.filter(({ keys }) => keys.length === 0);
  if (unreached.length > 0)
    throw new PeerholdError('bundle-cannot-receive', {
      names: unreached.map(({ member }) => nameOf(peer, member)).join(', '),
    });
  return { network: peer.id, members: receivers };
}

function nameOf({ state, replica }: Peer, member: string): string {
  const row = state.members.get(member);
  return (row && replica.text(row.name)) ?? member.slice(0, 8);
}
