import type { EngineClient } from '../../../renderer/engine/client';
import { startEngine } from '../../../renderer/engine/start';
import { BRIDGE_GLOBAL } from '../../../shared/ipc/channels';
import type { Bridge } from '../../../shared/ipc/contract';
import { protocols } from '../../kit/group';
import type { Bench } from './messages';

/** The app's engine as its window starts it; only the shell is a stand-in, which knows the address of a signalling server. */
let client: EngineClient;
const proposals = new Set<string>();
const ballots: [string, number][] = [];
const now = (): number => performance.timeOrigin + performance.now();
const pauseFor = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));
const DAYS = 14;
/** Of a ballot, about. */
const EVENT_BYTES = 400;

function shellOf(signalling: readonly string[]): Bridge {
  const info = { shell: 'browser', platform: 'bench', version: '0', profile: 'bench', lanOpen: false } as const;
  return {
    info: () => Promise.resolve({ ...info, signalling }),
    keyGuard: async () => ({ kind: 'none' }),
    openLan: () => Promise.resolve({ addresses: [] }),
    lanPlaces: async () => ({ addresses: [] }),
    closeLan: () => Promise.resolve(),
    onDeepLink: () => () => undefined,
    openExternal: () => Promise.resolve(),
    saveFile: () => Promise.resolve(false),
    savePdf: () => Promise.resolve(false),
    lookForUpdate: async () => ({ kind: 'not-offered' }),
    fetchUpdate: async () => ({ kind: 'cancelled' }),
    habits: async () => ({ background: null, startAtLogin: null, notifications: 'no', badge: false }),
    setBackground: () => Promise.resolve(),
    setStartAtLogin: () => Promise.resolve(),
    notify: () => Promise.resolve(),
    setBadge: () => Promise.resolve(),
    onShellEvent: () => () => undefined,
  };
}

export const engine: Bench['engine'] = {
  start(signalling) {
    Object.defineProperty(window, BRIDGE_GLOBAL, { value: shellOf(signalling) });
    client = startEngine();
    client.listen((event) => {
      if (event.kind !== 'state') return;
      for (const { table, key, row } of event.changes) {
        if (table === 'proposals' && row !== undefined) proposals.add(key);
        if (table === 'ballots' && row !== undefined && !ballots.some(([id]) => id === key))
          requestAnimationFrame(() => ballots.push([key, now()]));
      }
    });
  },
  async found() {
    const network = await client.calls.found({
      name: { text: 'The bench' },
      purpose: { text: 'To measure' },
      unit: 'EUR',
      protocols: protocols(),
      founder: { name: { text: 'ana' }, type: 'resident', device: 'bench' },
    });
    await client.calls.open(network);
    return network;
  },
  open: (network) => client.calls.open(network),
  invite: async (network) => (await client.calls.invite(network, { type: 'resident', uses: 1, days: DAYS })).link,
  async join(link, name) {
    await client.calls.previewInvite(link);
    const network = await client.calls.join(link, name);
    if (network === null) throw new Error('only an applicant');
    await client.calls.open(network);
    return network;
  },
  propose: (network) =>
    client.calls.act(network, {
      type: 'proposal.open',
      payload: { title: { text: 'Once more' }, text: { text: 'And again.' }, effect: { kind: 'none' }, deadline: 0 },
    }),
  async sees(proposal) {
    for (let i = 0; i < 600 && !proposals.has(proposal); i++) await pauseFor(50);
    if (!proposals.has(proposal)) throw new Error('the proposal has not come');
  },
  async vote(network, about, count, pause) {
    const asked: [string, number, number][] = [];
    for (let i = 0; i < count; i++) {
      await pauseFor(pause);
      const at = now();
      // One of two who agrees is no majority, so the votes stay open.
      const choice = i < about.length ? 'agree' : 'abstain';
      const payload = { proposal: about[i % about.length]!, choice } as const;
      asked.push([await client.calls.act(network, { type: 'ballot.cast', payload }), at, now()]);
    }
    return asked;
  },
  async strictWrites(count, pause) {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('bare-writes', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('events', { autoIncrement: true });
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(new Error('no database'));
    });
    const taken: number[] = [];
    for (let i = 0; i < count; i++) {
      await pauseFor(pause);
      const at = now();
      const transaction = db.transaction('events', 'readwrite', { durability: 'strict' });
      transaction.objectStore('events').add(new Uint8Array(EVENT_BYTES).fill(i));
      await new Promise<void>((resolve) => (transaction.oncomplete = () => resolve()));
      taken.push(now() - at);
    }
    db.close();
    return taken;
  },
  ballots,
};
