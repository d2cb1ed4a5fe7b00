import { parseArgs } from 'node:util';
import { PeerholdError, errorCode } from '../../shared/errors';
import { DEFAULT_PROFILE } from '../profile/profile';
import type { Answer, Command, Given } from './command';
import { COMMANDS } from './commands';
import { EXIT, exitOf } from './exit';
import { helpOf, listOfCommands } from './help';
import { Session } from './session';
import { errorWords } from './words';

/** Where a run writes to. */
export interface Output {
  /** Answers. */
  readonly out: (line: string) => void;
  /** Errors and progress. */
  readonly err: (line: string) => void;
  /** The next line that is given to the command; nothing once there is none. */
  readonly read?: () => Promise<string | undefined>;
}

const COMMON = {
  profile: { type: 'string' },
  network: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Runs one command line; resolves with its exit code. Never rejects. */
export async function run(
  argv: readonly string[],
  { out, err, read = async () => undefined }: Output,
): Promise<number> {
  const [name, ...rest] = argv;
  const json = argv.includes('--json');
  const fail = (error: unknown): number => {
    const code = errorCode(error);
    const params = error instanceof PeerholdError ? error.params : {};
    const message = errorWords(code, params);
    if (json) out(JSON.stringify({ ok: false, code, params, message }));
    else err(`peerhold: ${message} (${code})`);
    return exitOf(code);
  };
  if (name === undefined || name === 'help' || name.startsWith('-')) {
    const wanted = name === 'help' ? find(rest[0]) : undefined;
    for (const line of wanted === undefined ? listOfCommands() : helpOf(wanted)) out(line);
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  const command = find(name);
  if (command === undefined) return fail(new PeerholdError('cli-command', { what: name }));
  if (rest.includes('--help') || rest.includes('-h')) {
    for (const line of helpOf(command)) out(line);
    return EXIT.done;
  }
  let session: Session | undefined;
  try {
    const given = parse(command, rest);
    const { profile = DEFAULT_PROFILE, network } = given.options as Readonly<Record<string, string | undefined>>;
    session = new Session({
      profile,
      network,
      meets: command.meets === true,
      progress: err,
      say: (data, line) => out(json ? JSON.stringify(data) : line),
      read,
    });
    const answer = await command.run(session, given);
    // Told only once everything is let go of: whoever reads it may start the next command at once.
    await session.close();
    session = undefined;
    tell(answer, json, out);
    return answer.exit ?? EXIT.done;
  } catch (error) {
    return fail(error);
  } finally {
    await session?.close();
  }
}

const find = (name: string | undefined): Command | undefined => COMMANDS.find((one) => one.name === name);

/** Throws `cli-option`, `cli-missing`. */
function parse(command: Command, args: readonly string[]): Given {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: { ...COMMON, ...command.options }, allowPositionals: true });
  } catch (cause) {
    throw new PeerholdError('cli-option', { command: command.name }, { cause });
  }
  const { least, most } = command.words ?? { least: 0, most: 0 };
  if (parsed.positionals.length < least) throw new PeerholdError('cli-missing');
  if (parsed.positionals.length > most) throw new PeerholdError('cli-option', { command: command.name });
  return { words: parsed.positionals, options: parsed.values };
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
