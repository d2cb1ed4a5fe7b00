import { describe, expect, it } from 'vitest';
import { TEXT, networkRows, practiceRow, proposalRow, rowsOf, versionRow } from '../../../test/kit/rows';
import type { TextRef } from '../../record/text';
import { type State, emptyState } from '../state';
import type { AgreementVersion, ProtocolSpec } from './model';
import { adoptedIn, parametersInForce, protocolOf, sealedOf, versionInForce, versionsNewestFirst } from './queries';

const params = { mode: 'invite', days: 7 } as const;
const ADMISSION: ProtocolSpec = { kind: 'admission', id: 'admission', title: 'Joining', text: TEXT, params };
const CARE = practiceRow('care');
const version = (
  id: string,
  number: number,
  base: string | null,
  protocols: readonly ProtocolSpec[],
  suspended: readonly string[] = [],
) => versionRow(id, number, base, { protocols, suspended });
const stateOf = (inForce: string, ...versions: readonly AgreementVersion[]): State => ({
  ...emptyState(),
  network: networkRows(inForce),
  versions: rowsOf(...versions),
});

describe('the versions of the agreement', () => {
  it('are listed newest first, and by id where two were made apart', () => {
    const all = [3, 1, 2].flatMap((number) => ['b', 'a', 'c'].map((id) => version(`${id}${number}`, number, null, [])));
    expect(versionsNewestFirst(stateOf('a1', ...all)).map(({ id }) => id)).toEqual(
      [3, 2, 1].flatMap((number) => ['a', 'b', 'c'].map((id) => `${id}${number}`)),
    );
  });

  it('are sealed with their decision, which the first has not', () => {
    const [first, open, sealed] = ['v1', 'v2', 'v3'].map((id, index) => version(id, index + 1, null, []));
    const proposals = rowsOf(proposalRow('v2'), proposalRow('v3', { sealed: 4 }));
    expect([first!, open!, sealed!].map((one) => sealedOf({ proposals }, one))).toEqual([undefined, null, 4]);
  });
});

describe('a protocol in force', () => {
  it('is the one of its kind, unless it is suspended', () => {
    const [holds, rests] = [[], ['admission']].map((out) => version('v1', 1, null, [CARE, ADMISSION], out));
    expect(versionInForce(emptyState())).toBeUndefined();
    expect(parametersInForce(emptyState(), 'admission')).toBeUndefined();
    expect(parametersInForce(stateOf('v1', holds!), 'admission')).toEqual(params);
    expect(parametersInForce(stateOf('v1', rests!), 'admission')).toBeUndefined();
    expect([holds, rests].map((one) => protocolOf(one, 'practice'))).toEqual([CARE, CARE]);
    expect(protocolOf(holds, 'leaving')).toBeUndefined();
  });

  it('comes from the last version that made it, or changed its title, text, parameters or kind', () => {
    const since = (now: readonly ProtocolSpec[], before: readonly ProtocolSpec[]): string => {
      const versions = [
        version('v1', 1, null, before),
        version('v2', 2, 'v1', now),
        version('v3', 3, 'v2', [...now, practiceRow('new')]),
      ];
      return adoptedIn(stateOf('v3', ...versions), versions[2]!, 'admission').id;
    };
    // Whatever else changes beside it.
    expect(since([ADMISSION, CARE], [practiceRow('care', 'Care'), { ...ADMISSION, params: { ...params } }])).toBe('v1');
    const others: ProtocolSpec[] = [
      { ...ADMISSION, title: 'Who joins' },
      { ...ADMISSION, text: 'e'.repeat(64) as TextRef },
      { ...ADMISSION, params: { ...params, days: 8 } },
      { ...ADMISSION, kind: 'practice', params } as unknown as ProtocolSpec,
    ];
    for (const other of others) expect([other, since([ADMISSION], [other])]).toEqual([other, 'v2']);
    expect(since([ADMISSION], [CARE])).toBe('v2');
  });

  it('comes from the version that suspended it or put it in force again, and not from what it did to another', () => {
    const rests = [[], ['admission'], ['admission', 'care'], ['care'], []];
    const versions = rests.map((out, index) =>
      version(`v${index + 1}`, index + 1, index === 0 ? null : `v${index}`, [ADMISSION, CARE], out),
    );
    const state = stateOf('v5', ...versions);
    expect(versions.map((one) => adoptedIn(state, one, 'admission').id)).toEqual(['v1', 'v2', 'v2', 'v4', 'v4']);
  });
});
