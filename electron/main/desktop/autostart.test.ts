import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { autostartEntry, autostartFile, isAutostarted, setAutostart } from './autostart';

describe('starting at login on Linux', () => {
  test.each([
    [{}, '/home/ada/.config/autostart/peerhold.desktop'],
    [{ XDG_CONFIG_HOME: '/cfg' }, '/cfg/autostart/peerhold.desktop'],
    [{ XDG_CONFIG_HOME: 'relative' }, '/home/ada/.config/autostart/peerhold.desktop'],
  ])('with %j the file is %s', (env, expected) => {
    expect(autostartFile('peerhold', env, '/home/ada')).toBe(expected);
  });

  test.each([
    [['/opt/Peerhold/peerhold', '--background'], 'Exec="/opt/Peerhold/peerhold" "--background"'],
    [['/home/ada/My Apps/p'], 'Exec="/home/ada/My Apps/p"'],
    [['/a"b'], String.raw`Exec="/a\\"b"`],
    [['/a$b`c'], String.raw`Exec="/a\\$b\\` + '`c"'],
    [[String.raw`/a\b`], String.raw`Exec="/a\\\\b"`],
    [['/100%/%u'], 'Exec="/100%%/%%u"'],
  ])('%j is written so that nothing else is run', (command, line) => {
    expect(autostartEntry(command).split('\n')).toContain(line);
  });

  test('is set, read and taken back, and read as off where the desktop turned it off', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'peerhold-autostart-'));
    const file = join(folder, 'autostart', 'peerhold.desktop');
    expect(await isAutostarted(file)).toBe(false);
    await setAutostart(file, ['/opt/peerhold']);
    expect(await isAutostarted(file)).toBe(true);
    const content = await readFile(file, 'utf8');
    for (const off of ['Hidden=true', 'X-GNOME-Autostart-enabled=false']) {
      await writeFile(file, `${content.replace('X-GNOME-Autostart-enabled=true\n', '')}${off}\n`);
      expect(await isAutostarted(file)).toBe(false);
    }
    await setAutostart(file, undefined);
    await setAutostart(file, undefined);
    expect(await isAutostarted(file)).toBe(false);
    await rm(folder, { recursive: true });
  });
});
