import { type WebSocket, WebSocketServer } from 'ws';

/** Milliseconds for which it is dead. */
const DEATH = 1_000;
/** Characters of a publication that holds a session description; an announcement has a fifth of it. */
const DESCRIPTION = 800;

/** A meeting place that dies once: when the n-th session description reaches it, which it passes on to nobody. */
export class MortalPlace {
  readonly #port: number;
  #server: WebSocketServer;
  #left: number;
  killed = false;

  private constructor(server: WebSocketServer, port: number, killedAt: number) {
    this.#server = server;
    this.#port = port;
    this.#left = killedAt;
    this.#serve(server);
  }

  static async start(killedAt: number): Promise<MortalPlace> {
    const server = await listening(0);
    return new MortalPlace(server, (server.address() as { readonly port: number }).port, killedAt);
  }

  get address(): string {
    return `ws://127.0.0.1:${this.#port}/signal`;
  }

  async close(): Promise<void> {
    for (const client of this.#server.clients) client.terminate();
    await new Promise((done) => this.#server.close(done));
  }

  #serve(server: WebSocketServer): void {
    server.on('connection', (socket) => socket.on('message', (data) => void this.#take(socket, String(data))));
  }

  async #take(from: WebSocket, text: string): Promise<void> {
    const { type } = JSON.parse(text) as { readonly type: string };
    if (type === 'ping') return from.send('{"type":"pong"}');
    if (type !== 'publish') return;
    if (text.length > DESCRIPTION && --this.#left === 0) return this.#die();
    for (const client of this.#server.clients) client.send(text);
  }

  async #die(): Promise<void> {
    this.killed = true;
    await this.close();
    await new Promise((done) => setTimeout(done, DEATH));
    this.#server = await listening(this.#port);
    this.#serve(this.#server);
  }
}

async function listening(port: number): Promise<WebSocketServer> {
  const server = new WebSocketServer({ port, host: '127.0.0.1' });
  await new Promise<void>((done) => server.once('listening', done));
  return server;
}
