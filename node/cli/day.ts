/** A day and time that sort, in universal time. `time`: milliseconds since 1970, as whoever signed it says. */
export function day(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? 'some time' : `${date.toISOString().slice(0, 16).replace('T', ' ')}Z`;
}
