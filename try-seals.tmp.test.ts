import { it } from 'vitest';
import { loadHistory } from './test/performance/history';
import { Replica } from './shared/replica/replica';
import { decodeEvent } from './shared/record/event';
import { stateDigest } from './shared/network/digest';
import { verifyNetwork } from './shared/seal/verify';
it('measures', async () => {
  const h = await loadHistory('/tmp/seals-history.bin', 10000, console.log);
  const events = h.events.slice(0, 10000).map((e) => e.bytes);
  const texts = h.events.slice(0, 10000).flatMap((e) => e.texts);
  const replica = new Replica(h.network);
  const t0 = performance.now();
  replica.receive({ events: events.map((b) => decodeEvent(b)), texts });
  const t1 = performance.now();
  let last = performance.now(), worst = 0;
  const r = await verifyNetwork({ network: h.network, events, texts }, {
    ids: replica.record.all().map((e) => e.id), since: (p) => replica.record.all().slice(p).map((e) => e.bytes),
    seals: () => replica.seals.seals, digest: () => stateDigest(replica.state),
  }, { pause: () => { worst = Math.max(worst, performance.now() - last); return new Promise((ok) => setTimeout(() => { last = performance.now(); ok(); }, 0)); }, progress: () => undefined, isCancelled: () => false, now: () => performance.now() });
  console.log('receive', t1 - t0, 'verify', performance.now() - t1, 'worst slice', worst, r!.wrongs, r!.notes, r!.events);
}, 120000);
