import { parseArgs } from 'node:util';
import { PeerholdError } from '../../shared/errors';
import { parseDeepLink } from '../../shared/ipc/deep-link';
import { DEFAULT_PROFILE } from './profile';

export interface StartArguments {
  readonly profile: string;
  /** Loopback port asked for by `--port`. */
  readonly port: number | undefined;
  /** False with `--no-open`. */
  readonly open: boolean;
  /** True with `--background`: started by the system at login, so without showing a window. */
  readonly background: boolean;
  /** A `peerhold://` link among the arguments. */
  readonly deepLink: string | undefined;
}

/**
 * Reads the command line of the app, both shells'. Switches that it does not know are left to Chromium.
 * @throws PeerholdError `node.port` for a port that is none.
 */
export function parseStartArguments(argv: readonly string[]): StartArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: {
      profile: { type: 'string' },
      port: { type: 'string' },
      'no-open': { type: 'boolean' },
      background: { type: 'boolean' },
    },
    strict: false,
    allowPositionals: true,
  });
  return {
    profile: typeof values.profile === 'string' ? values.profile : DEFAULT_PROFILE,
    port: typeof values.port === 'string' ? parsePort(values.port) : undefined,
    open: values['no-open'] !== true,
    background: values.background === true,
    deepLink: positionals.find((text) => parseDeepLink(text) !== undefined),
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1024 || port > 65_535) throw new PeerholdError('node.port');
  return port;
}
