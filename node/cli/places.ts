import { SIGNALLING_PATH } from '../../shared/ipc/channels';
import type { Profile } from '../profile/profile';
import { SettingsFile } from '../profile/settings';
import { lanAddresses } from '../signalling/addresses';
import { SignallingService } from '../signalling/service';

/** A meeting place of this machine's own, for as long as it is served. */
export interface ServedPlace {
  readonly addresses: readonly string[];
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves a meeting place on all interfaces: at the port that is given, else at that which the profile had before, or a free one where that is
 * taken. Rejects with `node.listen-failed`, and for a port that is given with `node.port-in-use`.
 */
export async function servePlace(profile: Profile, port?: number): Promise<ServedPlace> {
  const settings = new SettingsFile(profile);
  const { lanPort } = await settings.load();
  const service = new SignallingService({
    memory: { lanOpen: true, lanPort },
    remember: (memory) => settings.update(memory),
  });
  await service.openLan(port);
  const opened = settings.current.lanPort ?? 0;
  return { addresses: addressesAt(opened), port: opened, close: () => service.close() };
}

/** Where this profile's meeting place is when it is served; none where it never was. */
export async function ownPlaces(profile: Profile): Promise<readonly string[]> {
  return addressesAt((await new SettingsFile(profile).load()).lanPort);
}

/** On the LAN; a machine without one meets only itself. */
function addressesAt(port: number | undefined): readonly string[] {
  if (port === undefined) return [];
  const lan = lanAddresses(port);
  return lan.length > 0 ? lan : [`ws://127.0.0.1:${port}${SIGNALLING_PATH}`];
}
