import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HOST_API_PREFIX, HOST_TOKEN_META } from '../../shared/ipc/channels';
import { closeServer, createHubServer, listen, type HubServer } from '../signalling/listener';
import type { SignallingHub } from '../signalling/hub';
import type { ServedFile, ServedFiles } from './files';
import { SECURITY_HEADERS } from './headers';
import { HostApi, type HostCalls } from './host-api';

const LOOPBACK = '127.0.0.1';

export interface WebOptions {
  readonly files: ServedFiles;
  readonly calls: HostCalls;
  readonly hub: SignallingHub;
  readonly profile: string;
}

/**
 * The browser fallback's loopback server: the built renderer, the host API behind it, and signalling at its own path.
 * Only loopback names are answered, so that no foreign name that resolves to 127.0.0.1 gets at it (DNS rebinding).
 */
export class WebServer {
  readonly #files: ServedFiles;
  readonly #server: HubServer;
  readonly #hostApi: HostApi;
  readonly #token = randomBytes(32).toString('hex');
  #port = 0;

  constructor(options: WebOptions) {
    this.#files = options.files;
    this.#hostApi = new HostApi({ calls: options.calls, token: this.#token, profile: options.profile });
    this.#server = createHubServer(options.hub, (request, response) => {
      this.#handle(request, response).catch(() => response.destroy());
    });
  }

  /** Origin of the page. Its storage is bound to it, port included. */
  get origin(): string {
    return `http://${LOOPBACK}:${this.#port}`;
  }

  /** Gives the port. @throws PeerholdError `node.port-in-use`, `node.listen-failed`. */
  async listen(port: number): Promise<number> {
    this.#port = await listen(this.#server, LOOPBACK, port);
    return this.#port;
  }

  close(): Promise<void> {
    return closeServer(this.#server);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split(/[?#]/, 1)[0] ?? '';
    const { host } = request.headers;
    if (host === `localhost:${this.#port}` && request.method === 'GET' && path === '/') {
      // One origin, so that a person who types the other name does not meet an empty app.
      response.writeHead(308, { ...SECURITY_HEADERS, Location: `${this.origin}/` }).end();
      return;
    }
    if (host !== `${LOOPBACK}:${this.#port}` && host !== `localhost:${this.#port}`) return refuse(response, 421);
    if (path.startsWith(HOST_API_PREFIX)) return this.#hostApi.handle(request, response, path, this.origin);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
    const file = await this.#files.read(path);
    if (file === undefined) return refuse(response, 404);
    this.#serve(request, response, path, file);
  }

  #serve(request: IncomingMessage, response: ServerResponse, path: string, file: ServedFile): void {
    const bytes = path === '/' || path === '/index.html' ? this.#page(file) : file.bytes;
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      // Built names carry a hash of their content; the page itself carries this run's token.
      'Cache-Control': path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store',
      'Content-Type': file.type,
      'Content-Length': bytes.length,
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  }

  /** The page with its token, which no other origin can read. */
  #page({ bytes }: ServedFile): Uint8Array {
    const meta = `<meta name="${HOST_TOKEN_META}" content="${this.#token}">`;
    return Buffer.from(
      Buffer.from(bytes)
        .toString('utf8')
        .replace(/<head>/i, `$&${meta}`),
      'utf8',
    );
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...SECURITY_HEADERS, 'Cache-Control': 'no-store', 'Content-Length': 0 }).end();
}
