interface StoryBooking {
  readonly by: string;
  /** When it is signed. */
  readonly on: string;
  readonly from: string;
  readonly until: string;
  readonly cancelled?: string;
}

/** Who has the guest rooms of the house when. */
export const BOOKINGS: readonly StoryBooking[] = [
  { by: 'yuki', on: '2026-07-02', from: '2026-07-18', until: '2026-07-25' },
  { by: 'ines', on: '2026-07-12', from: '2026-08-08', until: '2026-08-15' },
  { by: 'mira', on: '2026-08-20', from: '2026-09-04', until: '2026-09-07' },
  { by: 'jonas', on: '2026-09-19', from: '2026-11-20', until: '2026-11-23', cancelled: '2026-10-03' },
  { by: 'amara', on: '2026-10-05', from: '2026-12-23', until: '2027-01-02' },
  { by: 'mira', on: '2026-10-11', from: '2027-02-12', until: '2027-02-15' },
  { by: 'leila', on: '2026-10-20', from: '2027-04-02', until: '2027-04-06' },
];

/** Two who wanted Whitsun, one of them without a connection. */
export const CLASH = {
  on: '2026-10-30',
  away: { by: 'tomas', from: '2027-05-14', until: '2027-05-18' },
  home: { by: 'mira', from: '2027-05-15', until: '2027-05-17' },
} as const;
