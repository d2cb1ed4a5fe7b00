import type { DocMessage } from '../../shared/engine/contract';
import type { EngineHost } from '../../shared/engine/host';

/** Gives a screen its end of a document: a port that speaks `DocMessage`. */
export async function openDoc(host: EngineHost, network: string, doc: string): Promise<MessagePort> {
  const { port1: port, port2 } = new MessageChannel();
  const post = (message: DocMessage): void => {
    port.postMessage(message);
    // What was posted still arrives.
    if (message.kind === 'close') port.close();
  };
  const screen = await host.openDoc(network, doc, post);
  port.onmessage = ({ data }: MessageEvent<DocMessage>) => {
    screen.take(data);
    if (data.kind === 'close') port.close();
  };
  return port2;
}
