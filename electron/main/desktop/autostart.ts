import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/** The file by which a Linux desktop starts a program at login (XDG autostart). `name`: what tells it from others, letters and hyphens. */
export function autostartFile(name: string, env: NodeJS.ProcessEnv = process.env, home: string = homedir()): string {
  const config = env.XDG_CONFIG_HOME;
  return join(
    config !== undefined && isAbsolute(config) ? config : join(home, '.config'),
    'autostart',
    `${name}.desktop`,
  );
}

/** The content of such a file. */
export function autostartEntry(command: readonly string[]): string {
  return `${[
    '[Desktop Entry]',
    'Type=Application',
    'Name=Peerhold',
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
  ].join('\n')}\n`;
}

/** An argument as the key `Exec` has it: quoted, what a shell would read escaped, then the backslashes again as in any string of the file. */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/(["`$\\])/g, '\\$1').replaceAll('%', '%%');
  return `"${inQuotes.replaceAll('\\', '\\\\')}"`;
}

export async function isAutostarted(file: string): Promise<boolean> {
  try {
    // A desktop that lets the person turn it off elsewhere writes so into the file.
    return !/^(Hidden=true|X-GNOME-Autostart-enabled=false)$/m.test(await readFile(file, 'utf8'));
  } catch {
    return false;
  }
}

export async function setAutostart(file: string, command: readonly string[] | undefined): Promise<void> {
  if (command === undefined) return rm(file, { force: true });
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, autostartEntry(command), { mode: 0o600 });
}
