import { app } from 'electron';
import type { SettingsFile } from '../../node/profile/settings';
import { SignallingService } from '../../node/signalling/service';

/** Starts the app's own signalling server: on loopback, and on the LAN if the person left it open there. */
export async function setupSignalling(settings: SettingsFile): Promise<SignallingService> {
  const { lanOpen, lanPort } = settings.current;
  const signalling = new SignallingService({
    memory: { lanOpen, lanPort },
    remember: (memory) => settings.update(memory),
  });
  // The port changes from run to run: nobody outside this app uses the loopback address.
  await signalling.listenLoopback();
  // Without its LAN listener the app works all the same; the screen shows it as closed.
  await signalling.restore().catch(() => undefined);
  app.on('will-quit', () => void signalling.close());
  return signalling;
}
