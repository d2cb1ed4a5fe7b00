import type { AgreementVersion, ProtocolSpec } from '../../../shared/network/agreement/model';
import type { Effect } from '../../../shared/network/decisions/model';
import { RIGHTS } from '../../../shared/network/membership/model';
import type { Draft } from '../../../shared/record/text';

const CLASSES = ['majority', 'consent', 'assent'] as const;
const GROUPS = [[], ['resident'], ['resident', 'supporter'], ['supporter', 'guest']] as const;

const READ = [
  ...['decisions', 'decisions', 'membership', 'publication', 'spending', 'decisions', 'use', 'admission', 'sealing'],
  ...['publication', 'distribution'],
];
type Any = Extract<Draft<Effect>, { kind: 'parameters' }>['params'];

/** One of many ways to change an agreement; not all of them hold together, or can be made at all. `founded`: to bring back what was dropped. */
export function reform(version: AgreementVersion, founded: readonly Draft<ProtocolSpec>[], at: number): Draft<Effect> {
  const { id: base, protocols, suspended } = version;
  const pick = Math.floor(at / 7);
  const spec = protocols[pick % protocols.length]!;
  const protocol = spec.id;
  // What the rules read most is changed most.
  const [ruled] = protocols.filter(({ kind }) => kind === READ[pick % READ.length]);
  switch (at % 7) {
    case 0: {
      const kept = protocols.filter((one) => pick % 9 !== 0 || one !== spec);
      const missing = founded.filter((one) => !protocols.some(({ id }) => id === one.id));
      const changed = kept.map((one, index) => ((index + pick) % 3 === 0 ? altered(one, pick + index) : one));
      return { kind: 'adopt', base, protocols: [...changed, ...(pick % 2 === 0 ? missing : [])] };
    }
    case 1:
      return suspended.length > 0 && pick % 3 > 0
        ? { kind: 'resume', base, protocol: suspended[pick % suspended.length]! }
        : { kind: 'suspend', base, protocol };
    case 2:
      return pick % 3 === 0 ? { kind: 'retire', base, protocol } : { kind: 'suspend', base, protocol };
    default: {
      const changed = ruled ?? spec;
      // Any map, for the shape of an effect.
      const params = altered(changed, Math.floor(at / 3)).params as Any;
      return { kind: 'parameters', base, protocol: changed.id, params };
    }
  }
}

/** The protocol with other parameters, and, where it has none, another title. */
function altered(spec: ProtocolSpec, pick: number): ProtocolSpec {
  // Of other digits than what is asked below, so that each meets each.
  const way = CLASSES[Math.floor(pick / 12) % 3]!;
  const group = [...GROUPS[Math.floor(pick / 36) % 4]!];
  switch (spec.kind) {
    case 'membership': {
      const right = RIGHTS[pick % RIGHTS.length]!;
      const types = spec.params.types.map((type, index) => {
        if (index !== pick % 3) return type;
        const rest = type.rights.filter((one) => one !== right);
        return { ...type, rights: rest.length < type.rights.length ? rest : [...rest, right] };
      });
      return { ...spec, params: { types } };
    }
    case 'admission': {
      const mode = spec.params.mode === 'invite' ? 'decision' : 'invite';
      return { ...spec, params: { mode, days: pick % 2 === 0 ? 7 : 14 } };
    }
    case 'decisions': {
      const { classes, uses, protects: _protects, ...rest } = spec.params;
      if (pick % 4 === 0) {
        const named = ['membership', ['spending', 'decisions', 'care'][pick % 3]!];
        const protects = named.map((protocol, index) => ({ protocol, class: CLASSES[(pick + index) % 3]! }));
        return { ...spec, params: { classes, uses, ...rest, protects } };
      }
      if (pick % 4 === 1) {
        const kinds = Object.keys(uses) as (keyof typeof uses)[];
        return { ...spec, params: { ...spec.params, uses: { ...uses, [kinds[pick % kinds.length]!]: way } } };
      }
      const change = [{ threshold: 40 + (pick % 30) }, { electorate: group }, { block: 'entitled' as const }][
        pick % 3
      ]!;
      return {
        ...spec,
        params: { ...spec.params, classes: classes.map((one) => (one.id === way ? { ...one, ...change } : one)) },
      };
    }
    case 'spending': {
      const free = pick % 4 === 0 ? null : 20 + (pick % 40);
      const tiers = [{ to: 100 + (pick % 9), class: way }];
      return { ...spec, params: { unit: 'EUR', free, ...(pick % 2 === 0 ? { tiers } : {}) } };
    }
    case 'use': {
      const quotas = [
        { type: 'resident', most: 3 + (pick % 12) },
        { type: 'supporter', most: 1 + (pick % 6) },
      ];
      const per = pick % 2 === 0 ? 'all' : 'resource';
      return { ...spec, params: { ...spec.params, per, shortest: 1 + (pick % 3), longest: 3 + (pick % 5), quotas } };
    }
    case 'publication':
      return {
        ...spec,
        params: { class: way, publishers: group, withdraw: pick % 2 === 0 ? 'members' : 'voters' },
      };
    case 'sealing':
      return { ...spec, params: { types: group, quorum: pick % 2 === 0 ? 'majority' : 'two-thirds' } };
    case 'leaving':
      return {
        ...spec,
        params: {
          settle: pick % 2 === 0 ? ['pledges'] : ['dues'],
          notice: 10 * (pick % 4),
          pledges: pick % 3 ? 'lapse' : 'stay',
        },
      };
    case 'distribution': {
      const basis = pick % 3 === 0 ? 'capital' : 'equal';
      return { ...spec, params: { class: way, basis, types: group, reserve: 15 * (pick % 4) } };
    }
    case 'ownership':
      return { ...spec, params: { basis: 'equal', shares: 10 + (pick % 90) } };
    default:
      return { ...spec, title: `Words ${pick % 3}` };
  }
}
