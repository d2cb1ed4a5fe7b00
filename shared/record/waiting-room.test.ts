import { describe, expect, it } from 'vitest';
import type { SignedEvent } from './event';
import { MAX_WAITING, WaitingRoom } from './waiting-room';

const idOf = (number: number): string => number.toString(16).padStart(64, '0');

function event(number: number, parents: readonly number[], size = 100, device = 'd'): SignedEvent {
  return {
    id: idOf(number),
    network: 'n',
    device,
    sequence: 1,
    previous: null,
    parents: parents.map(idOf),
    time: 0,
    rules: 1,
    type: 'note',
    payload: null,
    bytes: new Uint8Array(size),
  };
}

const hold = (room: WaitingRoom, one: SignedEvent): void => room.hold(one, one.parents);
const everything = (): boolean => true;

describe('the waiting room', () => {
  it('lets out what is complete, once', () => {
    const room = new WaitingRoom();
    hold(room, event(1, [10, 11]));
    hold(room, event(1, [10, 11]));
    hold(room, event(2, [10]));
    expect(room.size).toBe(2);
    expect([...room.missing()].sort()).toEqual([idOf(10), idOf(11)]);
    expect(room.release(idOf(10), ({ id }) => id === idOf(2)).map(({ id }) => id)).toEqual([idOf(2)]);
    expect(room.missing()).toEqual([idOf(11)]);
    expect(room.release(idOf(11), everything).map(({ id }) => id)).toEqual([idOf(1)]);
    expect([room.size, room.missing()]).toEqual([0, []]);
    expect(room.release(idOf(11), everything)).toEqual([]);
  });

  it('asks for nothing that waits itself', () => {
    const room = new WaitingRoom();
    hold(room, event(1, [2]));
    hold(room, event(2, [3]));
    expect(room.missing()).toEqual([idOf(3)]);
  });

  it('is bounded, and whoever has waited longest makes place for what is soon complete', () => {
    const room = new WaitingRoom();
    // More than there is room for, none of which will ever be complete.
    for (let i = 0; i < MAX_WAITING + 500; i++) hold(room, event(1_000 + i, [1_000_000 + i]));
    hold(room, event(1, [2]));
    expect(room.size).toBe(20_000);
    expect(room.release(idOf(2), everything).map(({ id }) => id)).toEqual([idOf(1)]);
    expect(room.release(idOf(1_000_000), everything)).toEqual([]);
    expect(room.missing()).toHaveLength(MAX_WAITING - 1);
    expect(room.missing().at(-1)).toBe(idOf(1_000_000 + MAX_WAITING + 499));
  });

  it('is bounded in bytes as well', () => {
    const room = new WaitingRoom();
    for (let i = 0; i < 600; i++) hold(room, event(1_000 + i, [1_000_000 + i], 65_536));
    expect(room.size).toBe(512);
    hold(room, event(1, [2], 1));
    expect(room.size).toBe(512);
    room.release(idOf(2), everything);
    hold(room, event(3, [4], 65_536));
    expect(room.size).toBe(512);
    // What had to go is forgotten whole: nobody asks for its parents.
    expect(room.missing()).toHaveLength(512);
  });

  it('asks again for what had to go, where something that stays builds on it', () => {
    const room = new WaitingRoom();
    hold(room, event(1, [2]));
    for (let i = 0; i < MAX_WAITING - 1; i++) hold(room, event(1_000 + i, [1]));
    expect(room.missing()).toEqual([idOf(2)]);
    hold(room, event(999, [1]));
    expect(room.missing()).toEqual([idOf(1)]);
  });

  it('tells who built on an event, and forgets all that did', () => {
    const room = new WaitingRoom();
    hold(room, event(2, [1], 100, 'same'));
    expect(room.builtOn(event(1, [], 100, 'same'))).toBe(false);
    hold(room, event(3, [2], 100, 'other'));
    hold(room, event(4, [9], 100, 'other'));
    expect(room.builtOn(event(1, [], 100, 'same'))).toBe(true);
    expect(room.builtOn(event(9, [], 100, 'other'))).toBe(false);
    expect([room.holdsBack('same'), room.holdsBack('nobody')]).toEqual([true, false]);
    room.dropWaitersOn(idOf(1));
    expect([room.size, room.missing()]).toEqual([1, [idOf(9)]]);
    expect(room.holdsBack('same')).toBe(false);
  });

  it('still asks for what another event waits for, and knows nothing more of one that is out', () => {
    const room = new WaitingRoom();
    hold(room, event(2, [1, 9]));
    hold(room, event(3, [9]));
    room.dropWaitersOn(idOf(1));
    expect([room.size, room.missing()]).toEqual([1, [idOf(9)]]);
    hold(room, event(4, [10, 11], 100, 'other'));
    expect(room.release(idOf(10), everything)).toHaveLength(1);
    expect(room.builtOn(event(11, []))).toBe(false);
    room.dropWaitersOn(idOf(11));
    expect(room.size).toBe(1);
  });
});
