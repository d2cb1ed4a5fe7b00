import type { DataChannel, PeerConnection } from '../../shared/sync/webrtc/ports';

/** Milliseconds after which the library's own count is taken to hold what was sent. Longer costs throughput, shorter overfills its queue. */
const TOLD_AFTER = 4;

/**
 * Makes `bufferedAmount` of a connection's channels rise with each `send`, as the standard has it. In the Node library it does so only once
 * another thread has taken the bytes over: a loop that watches it never stops, and over 16 MiB the channel breaks.
 */
export function countAtOnce(connection: PeerConnection): PeerConnection {
  const create = connection.createDataChannel.bind(connection);
  connection.createDataChannel = (label, options) => counting(create(label, options));
  return connection;
}

function counting(channel: DataChannel): DataChannel {
  const send = channel.send.bind(channel);
  const listen = channel.addEventListener.bind(channel);
  const whenLow: (() => void)[] = [];
  let untold = 0;
  const total = (): number => channel.bufferedAmount + untold;
  const told = (): void => {
    untold = 0;
    if (channel.readyState === 'open' && total() <= channel.bufferedAmountLowThreshold)
      for (const low of whenLow) low();
  };
  // A view of it, since the library's own properties can not be redefined.
  return new Proxy(channel, {
    get(target, name) {
      if (name === 'bufferedAmount') return total();
      if (name === 'send')
        return (data: Uint8Array<ArrayBuffer>) => {
          // On one that has closed meanwhile the library ends the whole process.
          if (channel.readyState !== 'open') throw new Error('the channel is not open');
          if (untold === 0) setTimeout(told, TOLD_AFTER);
          untold += data.byteLength;
          send(data);
        };
      if (name === 'addEventListener')
        return (type: never, listener: () => void) => {
          if (type === 'bufferedamountlow') whenLow.push(listener);
          listen(type, listener);
        };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}
