import type { ResourcePayloads } from '../../network/resources/model';

interface StoryResource {
  readonly id: string;
  readonly by: string;
  readonly on: string;
  readonly kind: ResourcePayloads['resource.seek']['kind'];
  readonly name: string;
  readonly about: string;
  /** Cents. */
  readonly amount: number;
  readonly dropped?: { readonly on: string; readonly by: string };
}

export const RESOURCES: readonly StoryResource[] = [
  {
    id: 'house',
    by: 'ines',
    on: '2026-02-14',
    kind: 'house',
    name: 'Quince House',
    about:
      'The house that we rent: nine rooms, a long kitchen, the workshop in the barn, 2,400 m² of garden. Built in 1911, roof of 1974. Mr and Mrs Albers want to sell to us first, at 345,000 €.',
    amount: 34_500_000,
  },
  {
    id: 'meadow',
    by: 'leila',
    on: '2026-03-15',
    kind: 'land',
    name: 'The meadow behind the hedge',
    about: 'Half a hectare, wet in spring, with old apple trees. 24,000 €. The farmer would rather lease it.',
    amount: 2_400_000,
    dropped: { on: '2026-04-12', by: 'leila' },
  },
  {
    id: 'van',
    by: 'leila',
    on: '2026-08-30',
    kind: 'vehicle',
    name: 'An electric van, five years old',
    about:
      'Six seats and room for a pallet, 61,000 km, the battery tested at 91 percent. The bakery in town sells it in January. 18,500 €.',
    amount: 1_850_000,
  },
];

interface StoryPledge {
  readonly by: string;
  readonly on: string;
  readonly resource: string;
  readonly amount: number;
  /** Binds only if all pledges reach this total. */
  readonly together?: number;
  readonly condition?: string;
  readonly withdrawn?: string;
}

export const PLEDGES: readonly StoryPledge[] = [
  { by: 'ines', on: '2026-02-15', resource: 'house', amount: 6_200_000 },
  { by: 'jonas', on: '2026-02-16', resource: 'house', amount: 4_200_000, together: 25_000_000 },
  { by: 'amara', on: '2026-02-19', resource: 'house', amount: 4_800_000, together: 34_000_000 },
  {
    by: 'elke',
    on: '2026-02-25',
    resource: 'house',
    amount: 9_000_000,
    together: 30_000_000,
    condition: 'After a survey that I have read.',
  },
  { by: 'yuki', on: '2026-02-28', resource: 'house', amount: 1_600_000 },
  { by: 'petra', on: '2026-03-01', resource: 'house', amount: 1_500_000, withdrawn: '2026-04-30' },
  { by: 'leila', on: '2026-03-04', resource: 'house', amount: 1_500_000 },
  { by: 'mira', on: '2026-04-20', resource: 'house', amount: 3_000_000, together: 30_000_000 },
  { by: 'tomas', on: '2026-04-22', resource: 'house', amount: 2_800_000, together: 34_000_000 },
  { by: 'daniel', on: '2026-05-02', resource: 'house', amount: 1_200_000 },
  {
    by: 'daniel',
    on: '2026-05-03',
    resource: 'house',
    amount: 500_000,
    together: 40_000_000,
    condition: 'Only if we buy the meadow with it.',
  },
  { by: 'leila', on: '2026-09-02', resource: 'van', amount: 200_000 },
  { by: 'ines', on: '2026-09-05', resource: 'van', amount: 350_000, together: 1_400_000 },
  { by: 'yuki', on: '2026-09-12', resource: 'van', amount: 150_000, together: 1_400_000 },
  { by: 'daniel', on: '2026-10-07', resource: 'van', amount: 100_000, condition: 'With a seat for Efua.' },
  { by: 'tomas', on: '2026-10-14', resource: 'van', amount: 250_000, together: 1_600_000 },
];

/** When those who pledged pay in, and the purchase at the notary. */
export const PAID_IN = { from: '2026-05-26', hoursApart: 33 } as const;
export const PURCHASE = {
  on: '2026-06-15',
  by: 'amara',
  resource: 'house',
  proposal: 'buy-house',
  amount: 33_800_000,
  memo: 'Quince House is ours. Paid at the notary, 15 June',
  fees: 395_000,
  feesMemo: 'Notary and transfer tax, first part',
} as const;
