import type { EngineHost } from '../../shared/engine/host';
import type { Session } from './session';

/** Ctrl-C calls off what is under way; it then rejects with what that does. */
export async function untilInterrupted<T>(
  session: Session,
  cancel: (host: EngineHost) => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  const { host } = await session.engine();
  let isDone = false;
  void session.caller.interrupted().then(() => (isDone ? undefined : cancel(host)));
  return work().finally(() => (isDone = true));
}
