import { describe, expect, it, vi } from 'vitest';
import { PeerholdError } from '../../shared/errors';
import type { MeetStatus } from '../../shared/sync/meeting/meet';
import { lookingFor } from './looking';
import type { Session } from './session';

const server = (connected: boolean) => ({ address: 'ws://a.example/signal', connected, tried: true });
const search = (known: number, ...connected: boolean[]): MeetStatus => ({
  servers: connected.map(server),
  known,
  connected: 0,
  failures: {},
});

function sessionOf(meeting: MeetStatus | undefined, device: boolean) {
  const progress = vi.fn<(line: string) => void>();
  const host = { readInvite: async () => ({ network: 'n', device }) };
  const session = { engine: async () => ({ host, meeting: () => meeting }), progress } as unknown as Session;
  return { session, said: () => progress.mock.calls.map(([line]) => line) };
}

const nobody = () => Promise.reject(new PeerholdError('nobody-reachable'));

describe('looking for whoever a link leads to', () => {
  it('is said before it begins', async () => {
    const { session, said } = sessionOf(undefined, false);
    expect(await lookingFor(session, 'link', async () => said())).toEqual(['Looking for the app of a member…']);
  });

  it.each([
    [undefined, 'no-place'],
    [search(0), 'no-place'],
    [search(0, false), 'places-unreachable'],
    [search(0, false, true), 'nobody-there'],
    [search(1, true), 'no-answer'],
  ])('in vain tells what is in the way, and what to do: %j is %s', async (meeting, obstacle) => {
    for (const [device, remedy] of [
      [false, 'ask whoever invited you'],
      [true, 'keep `peerhold add-device`'],
    ] as const) {
      const { session, said } = sessionOf(meeting, device);
      await expect(lookingFor(session, 'link', nobody)).rejects.toMatchObject({
        code: 'nobody-reachable',
        params: { obstacle },
      });
      expect(said()).toHaveLength(3);
      expect(said()[2]).toContain(remedy);
    }
  });

  it('that fails otherwise ends as it does', async () => {
    const { session, said } = sessionOf(undefined, false);
    const failing = lookingFor(session, 'link', () => Promise.reject(new PeerholdError('invite-expired')));
    await expect(failing).rejects.toThrow('invite-expired');
    expect(said()).toHaveLength(1);
  });
});
