import type { ProtocolSpec } from '../agreement/model';
import { agreementProblems } from '../agreement/problems';
import { isNeeded } from '../agreement/templates';
import { type Rules, refuse } from '../rule';
import { NETWORK_KEY } from '../state';
import type { Refounded } from './model';

export const foundingRules: Rules<'network.found'> = {
  'network.found': ({ tables }, event) => {
    const { name, purpose, unit, protocols, founder, sample, refounds, suspended = [] } = event.payload;
    // The one founding event of a record names no network.
    if (event.network !== null) return refuse('already-founded');
    const problem = agreementProblems(protocols)[0];
    if (problem !== undefined) return refuse(`agreement-${problem.code}`);
    const membership = protocols.find((protocol) => protocol.kind === 'membership')!;
    if (!membership.params.types.some((type) => type.id === founder.type)) return refuse('membership-type-unknown');
    if (refounds !== undefined && !holdsTogether(refounds)) return refuse('refounding-malformed');
    if (!maySuspend(protocols, suspended)) return refuse('protocol-needed');
    const why = { events: [event.id] };
    const since = { time: event.time, why };
    tables.set('network', NETWORK_KEY, {
      id: event.id,
      name,
      purpose,
      unit,
      founder: event.id,
      sample: sample === true,
      ...(refounds === undefined ? {} : { refounds: originOf(refounds) }),
      version: event.id,
      rules: event.rules,
      ...since,
    });
    tables.set('versions', event.id, { id: event.id, number: 1, base: null, protocols, suspended, ...since });
    tables.set('members', event.id, {
      id: event.id,
      name: founder.name,
      type: founder.type,
      status: 'active',
      devices: [event.device],
      number: 1,
      since: event.id,
      ...since,
    });
    tables.set('devices', event.device, {
      id: event.device,
      member: event.id,
      label: founder.device,
      status: 'active',
      why,
    });
    for (const resource of refounds?.resources ?? [])
      tables.set('resources', resource.id, { ...resource, by: event.id, status: 'held', ...since });
    return undefined;
  },
};

function originOf({ resources: _resources, ...origin }: Refounded): Omit<Refounded, 'resources'> {
  return origin;
}

/** Whether each is a protocol without which the rules do, named once and in order. */
function maySuspend(protocols: readonly ProtocolSpec[], suspended: readonly string[]): boolean {
  return suspended.every((id, index) => {
    const spec = protocols.find((protocol) => protocol.id === id);
    return spec !== undefined && !isNeeded(spec.kind) && (index === 0 || suspended[index - 1]! < id);
  });
}

/** Whoever signed or holds shares is listed, and nothing twice. */
function holdsTogether({ members, signers, resources }: Refounded): boolean {
  const known = new Set(members.map(({ id }) => id));
  const holders = resources.flatMap(({ shares }) => shares.map(({ member }) => member));
  return (
    known.size === members.length &&
    new Set(resources.map(({ id }) => id)).size === resources.length &&
    [...signers, ...holders].every((member) => known.has(member))
  );
}
