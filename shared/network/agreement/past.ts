import type { State } from '../state';
import type { AgreementVersion } from './model';
import { versionInForce } from './queries';

/** The versions that led to the one in force, the first one first. Versions that a merge took back are not among them. */
export function versionsInLine(state: Pick<State, 'network' | 'versions'>): readonly AgreementVersion[] {
  const line: AgreementVersion[] = [];
  let version = versionInForce(state);
  while (version !== undefined) {
    line.push(version);
    version = version.base === null ? undefined : state.versions.get(version.base);
  }
  return line.reverse();
}

/** The version in force at a time, ms, by the claimed times of decisions and the agreed ones of seals; undefined before the founding. */
export function versionAt(state: Pick<State, 'network' | 'versions'>, time: number): AgreementVersion | undefined {
  return versionsInLine(state).findLast((version) => version.time <= time);
}
