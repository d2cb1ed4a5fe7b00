import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { DocMessage } from '../../shared/engine/contract';
import { DocMirror } from './docs';

/** The engine's end of a document's port. */
function engineEnd(doc: Y.Doc) {
  const { port1, port2 } = new MessageChannel();
  const received: DocMessage[] = [];
  port1.addEventListener('message', ({ data }: MessageEvent<DocMessage>) => {
    received.push(data);
    if (data.kind === 'update') Y.applyUpdate(doc, data.update, 'screen');
  });
  port1.start();
  const send = (message: DocMessage) => port1.postMessage(message);
  send({ kind: 'state', update: Y.encodeStateAsUpdate(doc) });
  doc.on('update', (update: Uint8Array, origin: unknown) => origin !== 'screen' && send({ kind: 'update', update }));
  return { port: port2, received, send, end: () => port1.close() };
}

const turn = () => new Promise((done) => setTimeout(done, 15));

describe('DocMirror', () => {
  const ends: (() => void)[] = [];
  beforeEach(() => ends.splice(0));
  afterEach(() => ends.forEach((end) => end()));

  it('opens with what is stored, and follows both ways', async () => {
    const engine = new Y.Doc({ gc: false });
    engine.getText('t').insert(0, 'stored');
    const end = engineEnd(engine);
    ends.push(end.end);
    const mirror = new DocMirror('page:1', () => Promise.resolve(end.port));
    const release = mirror.retain();
    await turn();
    const open = mirror.snapshot()!;
    expect(open.synced).toBe(true);
    expect(open.doc.getText('t').toString()).toBe('stored');
    open.doc.getText('t').insert(6, ' and typed');
    engine.getText('t').insert(0, 'was ');
    await turn();
    expect(engine.getText('t').toString()).toBe('was stored and typed');
    expect(open.doc.getText('t').toString()).toBe('was stored and typed');
    expect(end.received.filter(({ kind }) => kind === 'update')).toHaveLength(1);
    release();
  });

  it('is one copy for several users, and closed after the last of them', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const end = engineEnd(new Y.Doc());
    ends.push(end.end);
    const open = vi.fn(() => Promise.resolve(end.port));
    const mirror = new DocMirror('page:1', open);
    const releases = [mirror.retain(), mirror.retain()];
    await vi.waitFor(() => expect(mirror.snapshot()?.synced).toBe(true));
    releases[0]!();
    vi.advanceTimersByTime(60_000);
    expect(mirror.snapshot()).not.toBeNull();
    releases[1]!();
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(mirror.snapshot()).toBeNull();
    expect(open).toHaveBeenCalledTimes(1);
    await turn();
    expect(end.received.at(-1)).toEqual({ kind: 'close' });
  });

  it('starts over with what the engine holds when the engine closes it', async () => {
    const engine = new Y.Doc();
    engine.getText('t').insert(0, 'held');
    const first = engineEnd(engine);
    const second = engineEnd(engine);
    ends.push(first.end, second.end);
    const ports = [first.port, second.port];
    const mirror = new DocMirror('page:1', () => Promise.resolve(ports.shift()!));
    const release = mirror.retain();
    await turn();
    const before = mirror.snapshot()!.doc;
    first.send({ kind: 'close' });
    await vi.waitFor(() => expect(mirror.snapshot()?.doc).not.toBe(before));
    await vi.waitFor(() => expect(mirror.snapshot()?.synced).toBe(true), { timeout: 3_000 });
    expect(mirror.snapshot()!.doc.getText('t').toString()).toBe('held');
    release();
  });

  it('tells why a document could not be opened', async () => {
    const mirror = new DocMirror('page:1', () => Promise.reject(new Error('no')));
    const release = mirror.retain();
    await turn();
    expect(mirror.snapshot()).toMatchObject({ synced: false, problem: new Error('no') });
    release();
  });
});
