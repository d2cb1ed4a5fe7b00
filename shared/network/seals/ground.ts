import type { Entry } from '../../record/entry';
import type { Payloads } from '../events';
import type { Member } from '../membership/model';
import { maySign } from '../membership/queries';
import { NETWORK_KEY, type State } from '../state';
import type { Seal } from './model';
import type { Ground } from './sealers';

/** The founding event is seal 0: its roster is the founder alone, whoever has come since. Null where it had no effect. */
export function foundingGround({ network, versions, members }: State, founding: Entry): Ground | null {
  const { id, time } = network.get(NETWORK_KEY) ?? {};
  if (id === undefined || time === undefined) return null;
  const { type } = (founding.payload as Payloads['network.found']).founder;
  const founder: Member = { ...members.get(id)!, type, status: 'active', devices: [founding.device] };
  const devices = new Set([founding.device]);
  return { height: 0, value: id, time, version: versions.get(id)!, members: [founder], devices };
}

/** What a seal fixes for what comes after it, by the state at its cut. */
export function groundAt({ network, versions, members, devices }: State, { height, value, time }: Seal): Ground {
  return {
    height,
    value,
    time,
    version: versions.get(network.get(NETWORK_KEY)!.version)!,
    members: [...members.values()].filter((member) => member.status === 'active'),
    devices: new Set([...devices.values()].filter(maySign).map(({ id }) => id)),
  };
}
