import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorCode } from '../../shared/errors';
import { BRIDGE_CALLS, HOST_API_PREFIX, HOST_HELLO, HOST_TOKEN_HEADER } from '../../shared/ipc/channels';
import type { Bridge } from '../../shared/ipc/contract';
import { SECURITY_HEADERS } from './headers';

/** The part of the bridge that a page can not do by itself. */
export type HostCalls = Pick<Bridge, 'info' | 'openLan' | 'closeLan' | 'lanPlaces'>;

export interface HostApiOptions {
  readonly calls: HostCalls;
  readonly token: string;
  readonly profile: string;
}

/** What `hello` answers. */
export interface Hello {
  readonly app: 'peerhold';
  readonly profile: string;
}

const MAX_BODY_BYTES = 1024;

/** Answers `/host/...`. The caller has checked the Host header already. */
export class HostApi {
  readonly #options: HostApiOptions;
  readonly #calls: ReadonlyMap<string, () => Promise<unknown>>;

  constructor(options: HostApiOptions) {
    this.#options = options;
    this.#calls = new Map<string, () => Promise<unknown>>([
      [BRIDGE_CALLS.info, () => options.calls.info()],
      [BRIDGE_CALLS.openLan, () => options.calls.openLan()],
      [BRIDGE_CALLS.closeLan, () => options.calls.closeLan()],
      [BRIDGE_CALLS.lanPlaces, () => options.calls.lanPlaces()],
    ]);
  }

  async handle(request: IncomingMessage, response: ServerResponse, path: string, origin: string): Promise<void> {
    const name = path.slice(HOST_API_PREFIX.length);
    if (name === HOST_HELLO && request.method === 'GET') {
      const hello: Hello = { app: 'peerhold', profile: this.#options.profile };
      return answer(response, 200, hello);
    }
    const call = this.#calls.get(name);
    if (call === undefined) return answer(response, 404, { error: 'node.not-found' });
    if (request.method !== 'POST') return answer(response, 405, { error: 'node.method' });
    if (!this.#isAllowed(request, origin)) return answer(response, 403, { error: 'node.forbidden' });
    if (!(await hasEmptyBody(request))) return answer(response, 400, { error: 'node.bad-request' });
    try {
      return answer(response, 200, { result: (await call()) ?? null });
    } catch (error) {
      return answer(response, 500, { error: errorCode(error) });
    }
  }

  /** Only the page that this server served: its exact origin, and the token that stood in it. */
  #isAllowed(request: IncomingMessage, origin: string): boolean {
    const site = request.headers['sec-fetch-site'];
    return (
      request.headers.origin === origin &&
      (site === undefined || site === 'same-origin') &&
      isEqual(request.headers[HOST_TOKEN_HEADER], this.#options.token)
    );
  }
}

function isEqual(given: string | string[] | undefined, token: string): boolean {
  if (typeof given !== 'string' || given.length !== token.length) return false;
  return timingSafeEqual(Buffer.from(given, 'latin1'), Buffer.from(token, 'latin1'));
}

/** No call takes arguments yet: whatever is sent beside an empty JSON object is refused, and never kept in memory. */
async function hasEmptyBody(request: IncomingMessage): Promise<boolean> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (text.length + chunk.length > MAX_BODY_BYTES) return false;
    text += chunk.toString('latin1');
  }
  return text === '' || text === '{}';
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body), 'utf8');
  response
    .writeHead(status, {
      ...SECURITY_HEADERS,
      'Cache-Control': 'no-store',
      'Content-Type': 'application/json',
      'Content-Length': bytes.length,
    })
    .end(bytes);
}
