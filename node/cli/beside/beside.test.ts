import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PeerholdError, errorCode } from '../../../shared/errors';
import { type Caller, callerHere, withContent, writeNew } from '../caller';
import { greetHolder, ownBuild } from './greeting';
import { handOver } from './hand-over';
import { Holder, type RunFor } from './holder';
import { Lines } from './lines';
import { encode, readFromHolder } from './messages';
import { knock } from './socket';

let home = '';
let folder = '';
const holders: Holder[] = [];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'peerhold-beside-'));
  folder = join(home, 'peer');
  await mkdir(folder, { mode: 0o700 });
});
afterEach(async () => {
  for (const holder of holders.splice(0)) await holder.close();
  await rm(home, { recursive: true });
});

async function hold(run: RunFor, build?: string, at = folder): Promise<Holder> {
  const holder = await Holder.listen(at, run, build);
  holders.push(holder);
  return holder;
}

/** A caller who writes down what is said. */
function somebody(rest: Partial<Caller> = {}) {
  const heard = { out: [] as string[], err: [] as string[] };
  const output = { out: (line: string) => void heard.out.push(line), err: (line: string) => void heard.err.push(line) };
  return { heard, caller: { ...callerHere(output), ...rest } satisfies Caller };
}

const lines = (...given: string[]) => {
  const left = [...given];
  return async () => left.shift();
};

function later() {
  let resolve = (): void => undefined;
  return { promise: new Promise<void>((done) => (resolve = done)), resolve: () => resolve() };
}

/** A connection that has greeted and does what no program of ours would. */
async function greeted(): Promise<{ readonly socket: Socket; readonly lines: Lines }> {
  const { socket, key } = (await knock(folder))!;
  socket.on('error', () => undefined);
  const heard = new Lines(socket);
  const build = await ownBuild();
  expect(await greetHolder({ lines: heard, say: (line) => void socket.write(line), key, build })).toBe('same');
  heard.trust();
  return { socket, lines: heard };
}

const closed = (socket: Socket): Promise<void> =>
  new Promise((done) => void socket.once('close', () => done()).resume());

describe('a command beside the one that holds a profile', () => {
  it('answers there as it would have here: what it says, in order, and its exit code', async () => {
    const long = `${'a line longer than a piece 🌲'.repeat(20_000)}\u{1f332}`;
    await hold(async (argv, { out, err }) => {
      err(`progress of ${argv.join(' ')}`);
      out(long);
      out('');
      return 3;
    });
    const { heard, caller } = somebody();
    expect(await handOver(folder, ['status', '--json', 'ü\n"'], caller)).toBe(3);
    expect(heard).toEqual({ out: [long, ''], err: ['progress of status --json ü\n"'] });
  });

  it('asks the caller for lines and passphrases, and gets what they could not give as an error', async () => {
    await hold(async (_argv, { out, read, passphrase }) => {
      out(`${await read()} ${await read()}`);
      out(await passphrase({ file: 'f', twice: true }));
      return passphrase({ file: undefined, twice: false }).then(
        () => 0,
        (error: PeerholdError) => (error.code === 'cli-file' && error.params['what'] === 'f' ? 9 : 1),
      );
    });
    const { heard, caller } = somebody({
      read: lines('one'),
      passphrase: async ({ file, twice }) => {
        if (file === undefined) throw new PeerholdError('cli-file', { what: 'f' });
        return `${file} ${String(twice)}`;
      },
    });
    expect(await handOver(folder, [], caller)).toBe(9);
    expect(heard.out).toEqual(['one undefined', 'f true']);
  });

  it('reads and writes files as the caller names them, of any size, and none over another', async () => {
    const bytes = Buffer.alloc(700_000, 'some content ');
    await writeFile(join(home, 'given'), bytes);
    await hold(async (_argv, caller) => {
      const whole = await withContent(caller, 'given', async ({ size, slice }) => slice(0, size + 5).arrayBuffer());
      await writeNew(caller, 'made', [new Uint8Array(whole), Buffer.from('end')]);
      await expect(caller.openFile('nowhere')).rejects.toThrow('cli-file');
      await expect(writeNew(caller, 'made', [])).rejects.toThrow('cli-file-exists');
      const broken = async function* () {
        yield Buffer.from('begun');
        throw new PeerholdError('file-changed');
      };
      await expect(writeNew(caller, 'broken', broken())).rejects.toThrow('file-changed');
      return 0;
    });
    const here = somebody().caller;
    const { caller } = somebody({
      openFile: (path) => here.openFile(join(home, path)),
      createFile: (path) => here.createFile(join(home, path)),
    });
    expect(await handOver(folder, [], caller)).toBe(0);
    expect((await readFile(join(home, 'made'))).equals(Buffer.concat([bytes, Buffer.from('end')]))).toBe(true);
    expect((await stat(join(home, 'made'))).mode & 0o077).toBe(0);
    expect(await readdir(home)).not.toContain('broken');
  });

  it('is interrupted by its caller, from when it listens for that', async () => {
    await hold(async (_argv, caller) => {
      const end = caller.interrupted();
      caller.err('online');
      await end;
      caller.out('ended well');
      return 0;
    });
    let interrupt = (): void => undefined;
    const { heard, caller } = somebody({
      interrupted: () => new Promise((done) => (interrupt = done)),
      err: () => interrupt(),
    });
    expect(await handOver(folder, [], caller)).toBe(0);
    expect(heard.out).toEqual(['ended well']);
  });

  it('runs while others do', async () => {
    await hold(async (argv, { out, read }) => {
      out(`${argv.join('')} ${await read()}`);
      return 0;
    });
    const people = Array.from({ length: 5 }, (_, index) => somebody({ read: lines(`read ${index}`) }));
    await Promise.all(people.map(({ caller }, index) => handOver(folder, [`${index}`], caller)));
    expect(people.map(({ heard }) => heard.out)).toEqual(people.map((_, index) => [`${index} read ${index}`]));
  });
});

describe('whoever holds a profile', () => {
  it('is told when a caller breaks off, so that the command lets go', async () => {
    let left: unknown;
    const ended = new Promise<void>((done) => {
      void hold(async (_argv, { gone, read }) => {
        gone.addEventListener('abort', () => (left = gone.reason));
        await read().catch(() => undefined);
        done();
        return 0;
      }).then(async () => {
        const { socket, lines: heard } = await greeted();
        socket.write(encode({ kind: 'run', argv: [] }));
        expect(readFromHolder((await heard.next())!)).toMatchObject({ kind: 'ask', question: { call: 'read' } });
        socket.destroy();
      });
    });
    await ended;
    expect(errorCode(left)).toBe('cli-interrupted');
  });

  it('ends what runs when it ends: what listens for that well, the rest with a code', async () => {
    const waiting = later();
    let running = 0;
    const holder = await hold(async ([how], { gone, interrupted, out }) => {
      const end =
        how === 'well'
          ? interrupted()
          : new Promise<void>((done) => gone.addEventListener('abort', () => (out(errorCode(gone.reason)), done())));
      if (++running === 2) waiting.resolve();
      await end;
      return how === 'well' ? 0 : 5;
    });
    const one = somebody();
    const two = somebody({ interrupted: () => new Promise(() => undefined) });
    const exits = Promise.all([handOver(folder, ['?'], one.caller), handOver(folder, ['well'], two.caller)]);
    await waiting.promise;
    await holder.close();
    expect(await exits).toEqual([5, 0]);
    expect(one.heard.out).toEqual(['profile-holder-ended']);
    expect(await handOver(folder, [], one.caller)).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is reached by its user alone', async () => {
    await hold(async () => 0);
    expect((await readdir(folder)).sort()).toEqual(['commands.key', 'commands.sock']);
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o077).toBe(0);
  });

  it('takes the place of one that was killed', async () => {
    await hold(async () => 1);
    // A killed process leaves the files and no one who listens; another one, here, who does not know the new key.
    await hold(async () => 2);
    expect(await handOver(folder, [], somebody().caller)).toBe(2);
    await holders.at(-1)!.close();
    await writeFile(join(folder, 'commands.key'), 'ab'.repeat(32));
    await writeFile(join(folder, 'commands.sock'), '');
    expect(await handOver(folder, [], somebody().caller)).toBeUndefined();
    await hold(async () => 3);
    expect(await handOver(folder, [], somebody().caller)).toBe(3);
  });

  it('is found in a folder whose path is longer than a socket’s may be', async () => {
    const deep = join(home, 'a-long-name'.repeat(20));
    await mkdir(deep, { mode: 0o700 });
    await hold(async () => 7, undefined, deep);
    expect(await handOver(deep, [], somebody().caller)).toBe(7);
    expect(await readdir(deep)).toContain('commands.sock');
  });

  it('says that it is another version, and runs nothing then', async () => {
    let ran = false;
    await hold(async () => ((ran = true), 0), 'another');
    await expect(handOver(folder, [], somebody().caller)).rejects.toThrow('profile-holder-version');
    expect(ran).toBe(false);
  });

  it('runs nothing for who does not know the key, and is told nothing when it does not itself', async () => {
    let ran = false;
    await hold(async () => ((ran = true), 0));
    await writeFile(join(folder, 'commands.key'), 'ab'.repeat(32));
    expect(await handOver(folder, ['secret'], somebody().caller)).toBeUndefined();
    // As whoever took the name of a pipe: answers all, and knows nothing.
    const heard: string[] = [];
    const stranger = createServer((socket) => {
      socket.on('data', (chunk: Buffer) => {
        heard.push(chunk.toString());
        const [name, version, build] = chunk.toString().split(' ');
        socket.write(`${name} ${version} ${build} ${'cd'.repeat(32)} ${'ef'.repeat(32)}\n`);
      });
      socket.on('error', () => undefined);
    });
    await rm(join(folder, 'commands.sock'));
    await new Promise<void>((done) => void stranger.listen(join(folder, 'commands.sock'), done));
    await chmod(join(folder, 'commands.sock'), 0o600);
    expect(await handOver(folder, ['secret'], somebody().caller)).toBeUndefined();
    stranger.close();
    expect(heard).toHaveLength(1);
    expect(heard.join()).not.toContain('secret');
    expect(ran).toBe(false);
  });

  it('runs nothing for who shows a wrong proof, or sends back the one that it got', async () => {
    let ran = false;
    await hold(async () => ((ran = true), 0));
    for (const proof of [() => 'ab'.repeat(32), (answer: string) => answer.split(' ').at(-1)!]) {
      const { socket } = (await knock(folder))!;
      socket.on('error', () => undefined);
      const heard = new Lines(socket);
      socket.write(`peerhold-beside 1 ${await ownBuild()} ${'cd'.repeat(32)}\n`);
      const answer = (await heard.next())!;
      socket.write(`${proof(answer)}\n${encode({ kind: 'run', argv: [] })}`);
      expect(await heard.next()).toBeUndefined();
    }
    expect(ran).toBe(false);
  });

  it.each([
    ['what is no JSON', 'x\n'],
    ['no message', '{"kind":"nothing"}\n'],
    ['a field too many', '{"kind":"interrupt","__proto__":{}}\n'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 10])],
    ['an answer to nothing', encode({ kind: 'answer', id: 7, value: 1 })],
    ['a second command', encode({ kind: 'run', argv: ['other'] })],
  ])('outlives %s', async (_what, sent) => {
    await hold(async ([what], { read }) => (what === 'first' ? read().then(() => 0) : 0));
    const { socket, lines: heard } = await greeted();
    socket.write(encode({ kind: 'run', argv: ['first'] }));
    socket.write(sent);
    socket.write('{}\n');
    while ((await heard.next()) !== undefined);
    expect(await handOver(folder, [], somebody().caller)).toBe(0);
  });

  it('outlives what comes instead of a greeting', async () => {
    await hold(async () => 0);
    for (const sent of ['GET / HTTP/1.1\n', 'x'.repeat(5_000), '\n'.repeat(100)]) {
      const { socket } = (await knock(folder))!;
      socket.on('error', () => undefined);
      const end = closed(socket);
      socket.write(sent);
      await end;
    }
    expect(await handOver(folder, [], somebody().caller)).toBe(0);
  });

  it('keeps no progress for who does not take it', async () => {
    const said = later();
    await hold(async (_argv, { err, out, read }) => {
      for (let i = 0; i < 1_000; i++) err('x'.repeat(10_000));
      out('answer');
      said.resolve();
      await read();
      return 0;
    });
    const { socket, lines: heard } = await greeted();
    socket.write(encode({ kind: 'run', argv: [] }));
    await said.promise;
    let progress = 0;
    for (let message = readFromHolder((await heard.next())!); message.kind !== 'out';) {
      progress += 1;
      message = readFromHolder((await heard.next())!);
    }
    expect(progress).toBeGreaterThan(10);
    expect(progress).toBeLessThan(500);
    socket.destroy();
  });
});
