import { it } from 'vitest';
import { generateSample } from '.';
import { Replica } from '../replica/replica';
import { checkEvent } from '../network/check';
it('generates', async () => {
  for (const [events, members] of [[3000, 9], [3000, 60], [100_000, 9]] as const) {
    let t = performance.now();
    const g = await generateSample({ seed: 1, scale: { events, members } });
    const n = g.batches.reduce((n, b) => n + b.events.length, 0);
    const bytes = g.batches.reduce((n, b) => n + b.events.reduce((m, e) => m + e.length, 0), 0);
    console.log(events, n, 'ms', performance.now() - t, 'bytes/event', bytes / n);
    if (events > 5000) continue;
    const r = new Replica(g.network);
    for (const b of g.batches) r.receive({ events: await Promise.all(b.events.map(checkEvent)), texts: b.texts });
    const kinds: Record<string, number> = {};
    for (const e of r.order) kinds[e.type] = (kinds[e.type] ?? 0) + 1;
    console.log(JSON.stringify(kinds), JSON.stringify([...r.state.withoutEffect.values()].slice(0, 5)));
    const st: Record<string, number> = {};
    for (const e of r.state.proposals.values()) st[e.status] = (st[e.status] ?? 0) + 1;
    for (const e of r.state.ballots.values()) st[e.standing] = (st[e.standing] ?? 0) + 1;
    for (const e of r.state.entries.values()) st[e.authorisation.status] = (st[e.authorisation.status] ?? 0) + 1;
    console.log(JSON.stringify(st));
  }
}, 300_000);
