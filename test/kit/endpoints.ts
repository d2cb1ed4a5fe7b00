import fc from 'fast-check';
import type { Endpoint } from '../../shared/sync/meeting/by-hand/endpoint';

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const byte = fc.integer({ min: 0, max: 255 });
const ipv4 = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.'));
const hidden = fc.uuid().map((uuid) => `${uuid}.local`);
const candidate = fc.record({
  kind: fc.constantFrom('host' as const, 'srflx' as const, 'relay' as const),
  address: fc.oneof(ipv4, fc.ipV6(), hidden).map((address) => address.toLowerCase()),
  port: fc.integer({ min: 1, max: 65_535 }),
});

/** Ends of connections as ICE may describe them. */
export const endpoints: fc.Arbitrary<Endpoint> = fc.record({
  ufrag: fc.stringMatching(/^[A-Za-z0-9+/]{4,60}$/),
  password: fc.stringMatching(/^[A-Za-z0-9+/]{22,60}$/),
  fingerprint: hex(64),
  candidates: fc.array(
    candidate.filter(({ address }) => !address.includes('.') || !/:/.test(address)),
    { minLength: 1, maxLength: 8 },
  ),
});
