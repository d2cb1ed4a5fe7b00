import { expect, it } from 'vitest';
import type { EngineEvent, NetworkStatus } from '../../../shared/engine/contract';
import type { Connection } from '../../../shared/peer/connections';
import type { Peer } from '../../../shared/peer/peer';
import type { Session } from '../session';
import { forLong } from './sync';

const place = { address: 'ws://192.168.1.5:4444/signal', kind: 'own', connected: true, tried: true };
const alone = {
  online: true,
  me: null,
  meeting: { places: [place], known: 0, failures: {} },
  peers: [],
  refusals: [],
  delivery: [],
  problem: null,
  diverged: [],
  restoring: [],
} as unknown as NetworkStatus;
const ben = { device: 'd', member: 'm', since: 0, met: null, route: null } as const;
const visited = { ...alone, meeting: { ...alone.meeting!, known: 1 }, peers: [ben] } as unknown as NetworkStatus;

it('what is in the way is told once, and not again after each visit', async () => {
  const said: string[] = [];
  let connections: readonly Connection[] = [];
  let hear = (_event: EngineEvent): void => undefined;
  let end = (): void => undefined;
  const peer = {
    id: 'n',
    get connections() {
      return connections;
    },
    replica: { record: { size: 3 }, text: () => 'Ben' },
    state: { devices: new Map(), members: new Map([['m', { name: 'ref' }]]) },
    me: null,
    isEqualWith: async () => true,
  } as unknown as Peer;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const session = {
    caller: { err: (line: string) => void said.push(line), interrupted: () => ended },
    engine: async () => ({ host: { status: async () => alone } }),
    listen: async (listener: typeof hear) => void (hear = listener),
  } as unknown as Session;

  const running = forLong(session, peer);
  await expect.poll(() => said.length).toBe(3);
  for (const status of [visited, alone, visited, alone]) {
    connections = status === visited ? [ben] : [];
    hear({ kind: 'status', network: 'n', status });
  }
  expect(said).toEqual([
    'online with 3 events; Ctrl-C ends it',
    expect.stringMatching(/^Nobody else is found/),
    expect.stringMatching(/^ {2}What you can do: /),
    ...['connected: Ben', 'nobody connected', 'connected: Ben', 'nobody connected'],
  ]);
  connections = [ben];
  end();
  expect(await running).toEqual({ data: { network: 'n', events: 3, met: ['m'] }, lines: ['Same as Ben: 3 events'] });
});
