import type { Command } from './command';
import { COMMANDS } from './commands';

/** What every command takes; what stands for its value, and what it is for. */
const COMMON: readonly (readonly [string, string])[] = [
  ['--profile NAME', 'another person or data folder on this machine'],
  ['--network NAME', 'by name, id or the beginning of one; not needed where there is one only'],
  ['--json', 'the answer as one line of JSON: {"ok":true, …} or {"ok":false, "code": …, "message": …}'],
];
const CODES = [
  'Exit codes: 0 done · 1 the answer is no · 2 wrong command line · 3 refused · 4 nobody reached · 5 disk or profile · 6 too old for the network · 70 a fault in Peerhold',
];

/** Two columns, the second one straight. */
function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

export function listOfCommands(): readonly string[] {
  return [
    'peerhold COMMAND [OPTIONS]: a peer on the command line, with the same code and rules as the app.',
    '',
    ...columns(COMMANDS.map(({ name, about }) => [name, about])),
    '',
    ...columns(COMMON),
    '',
    'peerhold help COMMAND tells more of one; peerhold --version says which version this is.',
    ...CODES,
  ];
}

export function helpOf({ name, about, usage, examples, options = {}, inNetwork = true }: Command): readonly string[] {
  const own = Object.entries(options).map(([option, { value, about: what }]): [string, string] => [
    `--${option}${value === undefined ? '' : ` ${value}`}`,
    what,
  ]);
  return [
    `peerhold ${name} ${usage}`.trim(),
    '',
    about,
    '',
    ...columns([...own, ...COMMON.filter(([option]) => inNetwork || !option.startsWith('--network'))]),
    '',
    'Examples:',
    ...examples.map((one) => `  ${one}`),
    '',
    ...CODES,
  ];
}
