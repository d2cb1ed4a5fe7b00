import type { Command } from './command';
import { COMMANDS } from './commands';

const COMMON = [
  '  --profile NAME    another person or data folder on this machine',
  '  --network NAME    by name, id or the beginning of one; not needed where there is one only',
  '  --json            the answer as one line of JSON: {"ok":true, …} or {"ok":false, "code": …, "message": …}',
];
const CODES = [
  'Exit codes: 0 done · 1 the answer is no · 2 wrong command line · 3 refused · 4 nobody reached · 5 disk or profile · 70 a fault in Peerhold',
];

export function listOfCommands(): readonly string[] {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return [
    'peerhold COMMAND [OPTIONS]: a peer on the command line, with the same code and rules as the app.',
    '',
    ...COMMANDS.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`),
    '',
    ...COMMON,
    '',
    'peerhold help COMMAND tells more of one.',
    ...CODES,
  ];
}

export function helpOf({ name, about, usage, examples }: Command): readonly string[] {
  return [
    `peerhold ${name} ${usage}`.trim(),
    '',
    about,
    '',
    ...COMMON,
    '',
    'Examples:',
    ...examples.map((one) => `  ${one}`),
    '',
    ...CODES,
  ];
}
