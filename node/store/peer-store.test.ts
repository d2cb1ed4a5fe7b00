import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peerStoreConformance } from '../../shared/peer/peer-store.conformance';
import { LevelPeerStore } from './peer-store';

peerStoreConformance('LevelDB', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'peerhold-store-'));
  let store = await LevelPeerStore.open(folder);
  return {
    store,
    reopen: async () => {
      await store.close();
      return (store = await LevelPeerStore.open(folder));
    },
    destroy: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});
