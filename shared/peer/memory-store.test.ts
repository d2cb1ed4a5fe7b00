import { MemoryStore } from './memory-store';
import { peerStoreConformance } from './peer-store.conformance';

peerStoreConformance('memory', async () => {
  const store = new MemoryStore();
  return { store, reopen: async () => store };
});
