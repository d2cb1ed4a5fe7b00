import { nodeRuntime } from '../../node/sync/runtime';
import { PortTransport, exposeTransport } from '../../renderer/sync/port-transport';
import type { Transport } from '../../shared/sync/channel/ports';
import { type TransportsUnderTest, transportConformance } from '../../shared/sync/channel/transport.conformance';
import type { DataChannel, NewConnection } from '../../shared/sync/webrtc/ports';
import { RtcConnection } from '../../shared/sync/webrtc/rtc-connection';
import { memoryPair } from './memory-link';

/** Frames move by themselves. */
function pumped(): TransportsUnderTest & { readonly ends: ReturnType<typeof memoryPair>['transports'] } {
  const pair = memoryPair();
  const pump = setInterval(() => pair.carry(0) + pair.carry(1), 1);
  const stop = (): void => clearInterval(pump);
  return {
    ends: pair.transports,
    cut: () => {
      stop();
      for (const { events } of pair.links) events?.closed();
    },
    destroy: stop,
  };
}

transportConformance('in memory', async () => pumped());

transportConformance('through a port, as the worker has it', async () => {
  const { ends, ...pair } = pumped();
  return { ...pair, ends: [new PortTransport(exposeTransport(ends[0])), new PortTransport(exposeTransport(ends[1]))] };
});

transportConformance('WebRTC in Node', async () => {
  const channels: DataChannel[] = [];
  const open: NewConnection = (configuration) => {
    const connection = nodeRuntime.connection(configuration);
    const create = connection.createDataChannel.bind(connection);
    connection.createDataChannel = (label, given) => {
      const channel = create(label, given);
      channels.push(channel);
      return channel;
    };
    return connection;
  };
  const options = { open, configuration: { iceServers: [] }, clock: nodeRuntime.clock };
  const opened: Transport[] = [];
  const side = (role: 'dialler' | 'answerer') =>
    new Promise<Transport>((resolve, reject) => {
      const connection: RtcConnection = new RtcConnection(role, options, {
        opened: (transport) => resolve(transport),
        ended: (code) => reject(new Error(code)),
      });
      connections.push(connection);
    });
  const connections: RtcConnection[] = [];
  const both = Promise.all([side('dialler'), side('answerer')]);
  const [dialler, answerer] = connections as [RtcConnection, RtcConnection];
  const offer = (await dialler.offer())!;
  const answer = (await answerer.answer(offer))!;
  await dialler.accept(answer);
  opened.push(...(await both));
  return {
    ends: opened as [Transport, Transport],
    // The nearest thing to a pulled cable that one process has: the channel ends without a frame of ours.
    cut: () => channels[0]!.close(),
    destroy: () => connections.forEach((connection) => connection.close('channel.closed')),
  };
});
