import type { Action } from '../network/events';
import type { State } from '../network/state';
import type { Replica } from '../replica/replica';

/** The member's own peer, as far as joining needs it. */
export interface Host {
  readonly state: State;
  readonly replica: Replica;
  readonly me: { readonly device: string; readonly member: string } | null;
  act(action: Action): Promise<string>;
}
