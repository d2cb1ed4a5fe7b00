import { randomInt } from 'node:crypto';
import { PeerholdError } from '../../shared/errors';
import type { ShellInfo } from '../../shared/ipc/contract';
import type { Profile } from '../profile/profile';
import type { SettingsFile } from '../profile/settings';
import { SignallingService } from '../signalling/service';
import { ServedFiles } from '../web/files';
import { WebServer } from '../web/server';

/** First ports are drawn below the range that systems hand out to outgoing connections. */
const FIRST_PORT = 20_000;
const LAST_PORT = 29_999;
const PORT_ATTEMPTS = 20;

export interface FallbackOptions {
  readonly profile: Profile;
  readonly settings: SettingsFile;
  /** Folder of the built renderer. */
  readonly renderer: string;
  readonly version: string;
  /** Port asked for; else the profile's own, else a new one. */
  readonly port: number | undefined;
}

export interface Fallback {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves the app for one profile from loopback.
 * @throws PeerholdError `node.port-in-use`: another port would be another origin, whose storage is empty, so a port that
 * was asked for or used before is never replaced silently.
 */
export async function startFallback(options: FallbackOptions): Promise<Fallback> {
  const { settings, profile, version } = options;
  const { lanOpen, lanPort, port: ownPort } = settings.current;
  const signalling = new SignallingService({
    memory: { lanOpen, lanPort },
    remember: (memory) => settings.update(memory),
  });
  const info = async (): Promise<ShellInfo> => ({
    shell: 'browser',
    platform: process.platform,
    version,
    profile: profile.name,
    signalling: signalling.addresses(),
    lanOpen: signalling.lanOpen,
  });
  const server = new WebServer({
    files: await ServedFiles.list(options.renderer),
    calls: {
      info,
      openLan: () => signalling.openLan(),
      closeLan: () => signalling.closeLan(),
      lanPlaces: async () => signalling.lanPlaces(),
    },
    hub: signalling.hub,
    profile: profile.name,
  });
  try {
    const wanted = options.port ?? ownPort;
    const port = wanted === undefined ? await listenAnywhere(server) : await server.listen(wanted);
    signalling.useLoopback(port);
    if (ownPort === undefined) await settings.update({ port });
  } catch (error) {
    await signalling.close();
    throw error;
  }
  // Without its LAN listener the app works all the same; the screen shows it as closed.
  await signalling.restore().catch(() => undefined);
  return {
    origin: server.origin,
    close: async () => {
      await signalling.close();
      await server.close();
    },
  };
}

async function listenAnywhere(server: WebServer): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await server.listen(randomInt(FIRST_PORT, LAST_PORT + 1));
    } catch (error) {
      const isTaken = error instanceof PeerholdError && error.code === 'node.port-in-use';
      if (!isTaken || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}
