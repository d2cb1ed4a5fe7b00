import { errorCode } from '../../../shared/errors';
import { useNetworkStore } from '../../app/network';
import { LongTask } from '../../ui/long-task';

/** Whether the person ended it: then there is nothing to tell them. */
export const wasCancelled = (failure: unknown): boolean => errorCode(failure) === 'bundle-cancelled';

/** How far it is, and a way to end it. Before the first report a passphrase is turned into a key, which takes a second or two on purpose. */
export function Running({ task, label }: { readonly task: 'export' | 'import'; readonly label: string }) {
  const { engine, id } = useNetworkStore();
  return <LongTask task={task} label={label} onCancel={() => void engine.cancelBundle(id)} />;
}
