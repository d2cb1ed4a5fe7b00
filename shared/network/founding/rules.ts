import { agreementProblems } from '../agreement/problems';
import { type Rules, refuse } from '../rule';
import { NETWORK_KEY } from '../state';

export const foundingRules: Rules<'network.found'> = {
  'network.found': ({ tables }, event) => {
    const { name, purpose, unit, protocols, founder, sample } = event.payload;
    if (event.network !== null || tables.get('network', NETWORK_KEY) !== undefined) return refuse('already-founded');
    const problem = agreementProblems(protocols)[0];
    if (problem !== undefined) return refuse(`agreement-${problem.code}`);
    const membership = protocols.find((protocol) => protocol.kind === 'membership')!;
    if (!membership.params.types.some((type) => type.id === founder.type)) return refuse('membership-type-unknown');
    const why = { events: [event.id] };
    const since = { time: event.time, why };
    tables.set('network', NETWORK_KEY, {
      id: event.id,
      name,
      purpose,
      unit,
      founder: event.id,
      sample: sample === true,
      version: event.id,
      ...since,
    });
    tables.set('versions', event.id, { id: event.id, number: 1, base: null, protocols, ...since });
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
    return undefined;
  },
};
