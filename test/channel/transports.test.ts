import { PortTransport, exposeTransport } from '../../renderer/sync/port-transport';
import { type TransportsUnderTest, transportConformance } from '../../shared/sync/channel/transport.conformance';
import { connect } from './end';
import { memoryPair } from './memory-link';
import { NodeEnd } from './node-end';

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

transportConformance('WebRTC in Node', () => connect(new NodeEnd(), new NodeEnd()));
