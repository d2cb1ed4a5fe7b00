import type { Route } from '../channel/ports';
import { reachOf, sameLink } from './address';
import type { StatsReport } from './ports';

type Row = Readonly<Record<string, unknown>>;

/**
 * The way that packets take, from a runtime's own statistics: the candidate pair that ICE uses now. Where they are sent to is what counts,
 * not what the other side calls it; of its word only "this is a relay" is taken, which makes nothing look better than it is. A relay
 * of the other side's that it keeps quiet about can not be told from the other side itself. Null where nothing certain is known.
 */
export function routeOf(report: StatsReport): Route | null {
  const rows = new Map<string, Row>();
  report.forEach((row) => {
    if (typeof row !== 'object' || row === null) return;
    const { id } = row as Row;
    if (typeof id === 'string') rows.set(id, row as Row);
  });
  const pair = pairInUse([...rows.values()], rows);
  const here = rows.get(String(pair?.['localCandidateId']));
  const there = rows.get(String(pair?.['remoteCandidateId']));
  if (here === undefined || there === undefined) return null;
  if (here['candidateType'] === 'relay' || there['candidateType'] === 'relay') return 'relay';
  const address = addressOf(there);
  if (isOwn(address, [...rows.values()])) return 'machine';
  switch (reachOf(address)) {
    case 'loopback':
      return 'machine';
    case 'local':
      return 'lan';
    case 'public':
      return sameLink(address, addressOf(here)) ? 'lan' : 'internet';
    case undefined:
      // A browser that hides its page's addresses gives them `.local` names, which are resolved on the link alone.
      return there['candidateType'] === 'host' || address.endsWith('.local') ? 'lan' : null;
  }
}

function pairInUse(all: readonly Row[], rows: ReadonlyMap<string, Row>): Row | undefined {
  const pairs = all.filter(({ type }) => type === 'candidate-pair');
  const named = all.find((row) => row['type'] === 'transport' && row['selectedCandidatePairId'] !== undefined);
  if (named !== undefined) return rows.get(String(named['selectedCandidatePairId']));
  const selected = pairs.find((pair) => pair['selected'] === true);
  if (selected !== undefined) return selected;
  const [nominated, ...others] = pairs.filter((pair) => pair['nominated'] === true && pair['state'] === 'succeeded');
  return others.length === 0 ? nominated : undefined;
}

/** Empty where the runtime does not tell it. `ip` is what older ones call it. */
function addressOf(candidate: Row): string {
  const address = candidate['address'] ?? candidate['ip'];
  return typeof address === 'string' ? address.toLowerCase() : '';
}

/** Whether an address is one of this machine's own. */
function isOwn(address: string, rows: readonly Row[]): boolean {
  return (
    reachOf(address) !== undefined &&
    rows.some(
      (row) => row['type'] === 'local-candidate' && row['candidateType'] === 'host' && addressOf(row) === address,
    )
  );
}
