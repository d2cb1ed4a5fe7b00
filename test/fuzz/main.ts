import { parseArgs } from 'node:util';
import { fuzz } from './run';
import { TARGETS } from './targets';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** Inputs between two lines of progress. */
const LOT = 100_000;

const { values } = parseArgs({
  options: { count: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const count = Number(values.count ?? 1_000_000);
const seed = values.seed ?? '1';
let tried = 0;
for (const target of TARGETS.filter(({ name }) => values.only === undefined || values.only === name)) {
  let taken = 0;
  const codes = new Set<string>();
  const began = performance.now();
  for (let done = 0; done < count; done += LOT) {
    const outcome = await fuzz(target, Math.min(LOT, count - done), `${seed}/${done}`);
    taken += outcome.taken;
    tried += outcome.tried;
    for (const code of outcome.refused.keys()) codes.add(code);
  }
  const rate = Math.round(count / ((performance.now() - began) / 1_000));
  say(
    `${target.name}: ${count} inputs, ${taken} taken, refused with ${[...codes].sort().join(', ')}; ${rate} a second`,
  );
}
say(`${tried} inputs from seed ${seed}, no fault`);
