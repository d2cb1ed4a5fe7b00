import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { Presence } from './presence';

const ANNA = 'a'.repeat(64);
const BEN = 'b'.repeat(64);
const EVE = 'e'.repeat(64);

function device(links: Map<string, (bytes: Uint8Array) => void>) {
  const clock = { time: 0, now: () => clock.time, setTimer: () => () => undefined };
  const refused: string[] = [];
  const screen = new Awareness(new Y.Doc());
  screen.setLocalState(null);
  const presence = new Presence({
    clock,
    send: (peer, bytes) => links.get(peer)?.(bytes),
    show: (_doc, update, except) => except !== 'screen' && applyAwarenessUpdate(screen, update, 'engine'),
    onRefused: (_peer, code) => refused.push(code),
  });
  const others = () =>
    [...screen.getStates()]
      .filter(([client]) => client !== screen.clientID)
      .map(([, state]) => state['user'] as unknown);
  const say = (state: Record<string, unknown> | null, member: string) => {
    screen.setLocalState(state);
    presence.local('page:1', 'screen', member, encodeAwarenessUpdate(screen, [screen.clientID]));
  };
  return { presence, screen, refused, others, say, clock };
}

/** Two devices, linked both ways. */
function pair() {
  const toA = new Map<string, (bytes: Uint8Array) => void>();
  const toB = new Map<string, (bytes: Uint8Array) => void>();
  const a = device(toB);
  const b = device(toA);
  toB.set('b', (bytes) => b.presence.receive('a', bytes));
  toA.set('a', (bytes) => a.presence.receive('b', bytes));
  const connect = () => {
    b.presence.connected('a', ANNA);
    a.presence.connected('b', BEN);
  };
  return { a, b, connect };
}

describe('Presence', () => {
  it('shows who is in a document and that they left', () => {
    const { a, b, connect } = pair();
    connect();
    a.say({ user: { member: ANNA }, cursor: null }, ANNA);
    expect(b.others()).toEqual([{ member: ANNA }]);
    a.say(null, ANNA);
    expect(b.others()).toEqual([]);
    a.screen.destroy();
    b.screen.destroy();
  });

  it('shows a neighbour at once after reconnecting, and nobody of a neighbour that is gone', () => {
    const { a, b, connect } = pair();
    a.say({ cursor: null }, ANNA);
    connect();
    expect(b.others()).toEqual([{ member: ANNA }]);
    b.presence.disconnected('a');
    expect(b.others()).toEqual([]);
    connect();
    expect(b.others()).toEqual([{ member: ANNA }]);
    a.screen.destroy();
    b.screen.destroy();
  });

  it('takes the member from the channel, not from the message', () => {
    const { a, b, connect } = pair();
    connect();
    a.say({ user: { member: EVE, name: 'Eve' }, role: 'admin' }, EVE);
    expect([...b.screen.getStates().values()]).toEqual([{ user: { member: ANNA }, cursor: null }]);
    a.screen.destroy();
    b.screen.destroy();
  });

  it('drops what a neighbour says in the name of another’s client', () => {
    const { a, b, connect } = pair();
    connect();
    b.say({ cursor: null }, BEN);
    const forged = new Awareness(new Y.Doc());
    forged.clientID = b.screen.clientID;
    forged.setLocalState({ cursor: null });
    a.presence.local('page:1', 'forger', EVE, encodeAwarenessUpdate(forged, [forged.clientID]));
    expect(a.others()).toEqual([{ member: BEN }]);
    const raw = new Uint8Array([
      6,
      ...new TextEncoder().encode('page:1'),
      ...encodeAwarenessUpdate(forged, [forged.clientID]),
    ]);
    b.presence.receive('a', raw);
    expect(b.screen.getLocalState()).toEqual({ cursor: null });
    for (const awareness of [forged, a.screen, b.screen]) awareness.destroy();
  });

  it('keeps a cursor only in the form that an editor can read', () => {
    const { a, b, connect } = pair();
    connect();
    const anchor = { type: null, tname: 'text', item: { client: 1, clock: 2 }, assoc: 0 };
    a.say({ cursor: { anchor, head: anchor } }, ANNA);
    expect([...b.screen.getStates().values()][0]!['cursor']).toEqual({ anchor, head: anchor });
    a.say({ cursor: { anchor: { item: 'x' }, head: anchor } }, ANNA);
    expect([...b.screen.getStates().values()][0]!['cursor']).toBeNull();
    a.screen.destroy();
    b.screen.destroy();
  });

  it('refuses garbage and oversize with a code and shows nobody', () => {
    const { b, connect } = pair();
    connect();
    b.presence.receive('a', new Uint8Array(20_000));
    expect(b.refused).toEqual(['presence-too-large']);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        b.presence.receive('a', bytes);
        b.presence.receive('a', Uint8Array.of(6, 112, 97, 103, 101, 58, 49, ...bytes));
      }),
    );
    // None is a fault of ours: whoever sends garbage is told so, from its first byte on.
    expect(b.refused).not.toContain('internal');
    b.refused.length = 0;
    b.presence.receive('a', Uint8Array.of(0xf9));
    expect(b.refused).toEqual(['presence-malformed']);
    expect(b.others()).toEqual([]);
    b.screen.destroy();
  });

  it('tells a screen that opens later who is there, not who fell silent', () => {
    const { a, b, connect } = pair();
    connect();
    a.say({ cursor: null }, ANNA);
    const late = new Awareness(new Y.Doc());
    applyAwarenessUpdate(late, b.presence.current('page:1')!, 'engine');
    expect([...late.getStates().values()]).toContainEqual({ user: { member: ANNA }, cursor: null });
    b.clock.time = 31_000;
    expect(b.presence.current('page:1')).toBeNull();
    for (const awareness of [late, a.screen, b.screen]) awareness.destroy();
  });
});
