import { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Keyboard, passphrase } from './passphrase';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'peerhold-passphrase-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => {
  delete process.env['PEERHOLD_PASSPHRASE'];
});

/** A terminal at which this is typed, a piece for each question. */
function terminal(...pieces: string[]) {
  const keys = new EventEmitter();
  const said: string[] = [];
  const modes: boolean[] = [];
  const keyboard: Keyboard = {
    isTTY: true,
    setRawMode: (raw) => modes.push(raw),
    setEncoding: () => undefined,
    on: (event, listener) => keys.on(event, listener),
    off: (event, listener) => keys.off(event, listener),
    resume: () => setImmediate(() => keys.emit('data', pieces.shift() ?? '')),
    pause: () => undefined,
  };
  return { keyboard, say: (words: string) => void said.push(words), said, modes };
}

describe('a passphrase', () => {
  it('is the first line of a file, whatever else is given', async () => {
    const file = join(folder, 'secret');
    process.env['PEERHOLD_PASSPHRASE'] = 'another';
    await writeFile(file, 'first line\r\nsecond');
    expect(await passphrase({ file, twice: true })).toBe('first line');
    await expect(passphrase({ file: join(folder, 'nowhere'), twice: true })).rejects.toThrow('cli-file');
  });

  it('is that of the environment, or else there has to be a terminal', async () => {
    const keyboard = { ...terminal().keyboard, isTTY: false };
    await expect(passphrase({ file: undefined, twice: false, keyboard })).rejects.toThrow('cli-no-passphrase');
    process.env['PEERHOLD_PASSPHRASE'] = 'from around';
    expect(await passphrase({ file: undefined, twice: false, keyboard })).toBe('from around');
  });

  it('is typed without showing, and mended with backspace', async () => {
    const { said, modes, ...at } = terminal('lok\u007f\u007fong 🌲\r');
    expect(await passphrase({ file: undefined, twice: false, ...at })).toBe('long 🌲');
    expect(said.join('')).toBe('Passphrase: \n');
    expect(modes).toEqual([true, false]);
  });

  it('is asked for twice where something is locked by it, and can be given up', async () => {
    expect(await passphrase({ file: undefined, twice: true, ...terminal('one\n', 'one\n') })).toBe('one');
    await expect(passphrase({ file: undefined, twice: true, ...terminal('one\n', 'two\n') })).rejects.toThrow(
      'cli-passphrase-differs',
    );
    const { modes, ...at } = terminal('on\u0003');
    await expect(passphrase({ file: undefined, twice: true, ...at })).rejects.toThrow('cli-interrupted');
    expect(modes).toEqual([true, false]);
  });
});
