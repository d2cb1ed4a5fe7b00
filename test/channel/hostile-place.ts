import { randomBytes, randomInt } from 'node:crypto';
import { type WebSocket, WebSocketServer } from 'ws';

/** Milliseconds by which a message is late, each by another: so they overtake one another. */
const LATE = 300;
/** Messages of its own for each that it passes on. */
const FLOOD = 20;
const MAX_OLD = 50;

/**
 * A meeting place that can not read what passes through it and does with it what it likes: passes everything on late, twice and out of order,
 * to its author as well; says old things again; alters copies; and sends nonsense of its own between.
 */
export class HostilePlace {
  readonly #server: WebSocketServer;
  readonly #old: string[] = [];
  /** Messages that it made or altered. */
  made = 0;

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on('connection', (socket) => socket.on('message', (data) => this.#take(socket, String(data))));
  }

  static async start(): Promise<HostilePlace> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await new Promise<void>((done) => server.once('listening', done));
    return new HostilePlace(server);
  }

  get address(): string {
    return `ws://127.0.0.1:${(this.#server.address() as { readonly port: number }).port}/signal`;
  }

  async close(): Promise<void> {
    for (const client of this.#server.clients) client.terminate();
    await new Promise((done) => this.#server.close(done));
  }

  #take(from: WebSocket, text: string): void {
    const message = JSON.parse(text) as { readonly type: string; readonly topic?: string; readonly data?: string };
    if (message.type === 'ping') return from.send('{"type":"pong"}');
    if (message.type !== 'publish') return;
    for (let copy = 0; copy < 2; copy++) this.#later(text);
    if (this.#old.length > 0) this.#later(this.#old[randomInt(this.#old.length)]!);
    this.#old.push(text);
    if (this.#old.length > MAX_OLD) this.#old.shift();
    const { topic, data = '' } = message;
    for (let i = 0; i < FLOOD; i++) {
      const at = randomInt(Math.max(1, data.length));
      const altered = data.slice(0, at) + (data[at] === 'A' ? 'B' : 'A') + data.slice(at + 1);
      const other = [altered, data.slice(at), randomBytes(at + 1).toString('base64url'), { data }][i % 4];
      this.made += 1;
      this.#later(JSON.stringify({ type: 'publish', topic, data: other }));
    }
  }

  #later(text: string): void {
    for (const client of this.#server.clients)
      setTimeout(() => client.readyState === client.OPEN && client.send(text), randomInt(LATE));
  }
}
