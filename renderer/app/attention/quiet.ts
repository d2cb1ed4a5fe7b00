/** Hours of the day in which nothing is shown, in minutes after midnight of the machine's own clock; they may go past midnight. */
export interface QuietHours {
  readonly on: boolean;
  readonly from: number;
  readonly until: number;
}

/** Whether it is quiet at a time. From a time to the same time is never, not the whole day: that is what turning notices off is for. */
export function isQuiet({ on, from, until }: QuietHours, at: Date): boolean {
  if (!on) return false;
  const minute = at.getHours() * 60 + at.getMinutes();
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

/** Minutes as a time field has them, `07:05`. */
export function timeText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

/** The other way; undefined for what is no time. */
export function minutesOf(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return Number(hours) * 60 + Number(minutes);
}
