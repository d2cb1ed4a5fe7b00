import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { PeerholdError, errorCode } from '../../shared/errors';
import { DEFAULT_PROFILE, findProfile } from '../profile/profile';
import { handOver } from './beside/hand-over';
import { Holder } from './beside/holder';
import { type Caller, type Output, callerHere } from './caller';
import type { Answer, Command, Given } from './command';
import { COMMANDS } from './commands';
import { EXIT, exitOf } from './exit';
import { helpOf, listOfCommands } from './help';
import { OpenProfile } from './open-profile';
import { Session, type SessionOptions } from './session';
import { errorWords } from './words';

/** Milliseconds for which a profile that is in use is tried again: most commands are short, and a keeper that starts listens soon. */
const PATIENCE = 2_000;
const TRY_EVERY = 100;

const COMMON = {
  profile: { type: 'string' },
  network: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type On = Pick<SessionOptions, 'profile' | 'open' | 'letIn'>;

/** Runs one command line, in this process or in the one that holds its profile; resolves with its exit code. Never rejects. */
export function run(argv: readonly string[], output: Output): Promise<number> {
  const caller = callerHere(output);
  return answering(argv, caller, async (command, given) => {
    const { profile: name = DEFAULT_PROFILE } = given.options;
    const profile = findProfile(String(name));
    const { meets = false } = command;
    const here: On = {
      profile,
      open: () => OpenProfile.open(profile, { meets }),
      letIn: (open) => letIn(open, caller),
    };
    for (const end = performance.now() + PATIENCE; ;) {
      try {
        return await runOnce(command, given, argv, caller, here);
      } catch (error) {
        if (errorCode(error) !== 'profile-in-use') throw error;
        const exit = await handOver(folderOf(profile), argv, caller);
        if (exit !== undefined) return exit;
        if (performance.now() > end) throw error;
        await sleep(TRY_EVERY);
      }
    }
  });
}

/** Runs one command line of another process on a profile that is open in this one; resolves with its exit code. Never rejects. */
export function runBeside(argv: readonly string[], caller: Caller, open: OpenProfile): Promise<number> {
  const beside: On = { profile: open.profile, open: async () => open, letIn: undefined };
  return answering(argv, caller, (command, given) => runOnce(command, given, argv, caller, beside));
}

/** Finds the command and runs it, or says what is wrong with the line. */
async function answering(
  argv: readonly string[],
  caller: Caller,
  runIt: (command: Command, given: Given) => Promise<number>,
): Promise<number> {
  const { out, err } = caller;
  const [name, ...rest] = argv;
  const fail = (error: unknown): number => {
    const code = errorCode(error);
    const params = error instanceof PeerholdError ? error.params : {};
    const message = errorWords(code, params);
    if (argv.includes('--json')) out(JSON.stringify({ ok: false, code, params, message }));
    else err(`peerhold: ${message} (${code})`);
    return exitOf(code);
  };
  if (name === '--version') {
    out(`peerhold ${version}`);
    return EXIT.done;
  }
  const wanted = name === 'help' ? rest.find((one) => !one.startsWith('-')) : name;
  if (name === undefined || wanted === undefined || name === '--help' || name === '-h') {
    for (const line of listOfCommands()) out(line);
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  const command = find(wanted);
  if (command === undefined) return fail(new PeerholdError('cli-command', { what: wanted }));
  if (name === 'help' || rest.includes('--help') || rest.includes('-h')) {
    for (const line of helpOf(command)) out(line);
    return EXIT.done;
  }
  try {
    return await runIt(command, parse(command, rest));
  } catch (error) {
    return fail(error);
  }
}

async function runOnce(
  command: Command,
  given: Given,
  argv: readonly string[],
  caller: Caller,
  on: On,
): Promise<number> {
  const json = argv.includes('--json');
  const { network } = given.options;
  const session = new Session({
    ...on,
    network: typeof network === 'string' ? network : undefined,
    caller,
    say: (data, line) => caller.out(json ? JSON.stringify(data) : line),
  });
  const answer = await command.run(session, given).catch(async (error: unknown) => {
    // Why the command failed is told, whatever comes of closing.
    await session.close().catch(() => undefined);
    throw error;
  });
  // Told only once everything is let go of: whoever reads it may start the next command at once.
  await session.close();
  tell(answer, json, caller.out);
  return answer.exit ?? EXIT.done;
}

/** Lets commands of other processes run beside the one of this process. Where the system refuses that, it goes on alone. */
async function letIn(open: OpenProfile, { err }: Caller): Promise<() => Promise<void>> {
  try {
    const holder = await Holder.listen(folderOf(open.profile), (argv, caller) => runBeside(argv, caller, open));
    return () => holder.close();
  } catch (error) {
    err(`No other command can work on this profile meanwhile: ${String((error as NodeJS.ErrnoException).code)}`);
    return async () => undefined;
  }
}

/** Made by `NodeEngine` for its user alone. */
const folderOf = ({ directory }: OpenProfile['profile']): string => join(directory, 'peer');

const find = (name: string): Command | undefined => COMMANDS.find((one) => one.name === name);

/** Throws `cli-option`, `cli-missing`. */
function parse(command: Command, args: readonly string[]): Given {
  const { inNetwork = true, usage } = command;
  const { network, ...others } = COMMON;
  const options = { ...others, ...(inNetwork ? { network } : {}), ...command.options };
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw new PeerholdError('cli-option', { command: command.name }, { cause });
  }
  const { positionals, values } = parsed;
  const { least, most } = command.words ?? { least: 0, most: 0 };
  // What a command needs stands first in its usage.
  if (positionals.length < least)
    throw new PeerholdError('cli-missing', { what: usage.split(' ')[positionals.length]! });
  if (positionals.length > most) throw new PeerholdError('cli-option', { command: command.name });
  return { words: positionals, options: values };
}

function tell({ data, lines }: Answer, json: boolean, out: Output['out']): void {
  if (json) out(JSON.stringify({ ok: true, ...data }, plain));
  else for (const line of lines) out(line);
}

/** Values that JSON does not have, as it can say them: bytes as hex, tables as objects. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (value instanceof Map) return Object.fromEntries(value);
  return value instanceof Set ? [...value] : value;
}
