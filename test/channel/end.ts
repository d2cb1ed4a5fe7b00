import type { TransportsUnderTest } from '../../shared/sync/channel/transport.conformance';
import type { Transport } from '../../shared/sync/channel/ports';

/** One end of a WebRTC connection, wherever it is. */
export interface End {
  offer(): Promise<string>;
  answer(offer: string): Promise<string>;
  accept(answer: string): Promise<void>;
  /** Resolves with the transport once it is up. */
  transport(): Promise<Transport>;
  /** The nearest thing to a pulled cable that one machine has: the data channel ends without a frame of ours. */
  cut(): void;
  /** Resolves once the end has heeded what it was told, where it is not in this process. */
  settled?(): Promise<void>;
  destroy(): Promise<void>;
}

export async function connect(dialler: End, answerer: End): Promise<TransportsUnderTest> {
  await dialler.accept(await answerer.answer(await dialler.offer()));
  return {
    ends: await Promise.all([dialler.transport(), answerer.transport()]),
    cut: () => dialler.cut(),
    settled: async () => void (await Promise.all([dialler.settled?.(), answerer.settled?.()])),
    destroy: async () => void (await Promise.all([dialler.destroy(), answerer.destroy()])),
  };
}
