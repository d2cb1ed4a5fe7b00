import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { SIGNALLING_PATH } from '../../shared/ipc/channels';
import { DEFAULT_LIMITS, type SignallingLimits } from './limits';
import { parseMessage, type SignallingMessage } from './message';
import { isAllowedOrigin } from './origin';
import { TokenBucket } from './token-bucket';
import { Topics } from './topics';

/** Close codes of RFC 6455, section 7.4.1, and 1013 of the IANA registry. */
export const CLOSE = { goingAway: 1001, notText: 1003, policy: 1008, tryLater: 1013 } as const;

interface Connection {
  readonly socket: WebSocket;
  readonly address: string;
  readonly messages: TokenBucket;
  readonly bytes: TokenBucket;
  alive: boolean;
}

/** Sends a bare HTTP answer to a request for an upgrade and ends its socket. */
function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/**
 * The signalling server proper: takes WebSocket upgrades from any number of HTTP servers and passes publications on
 * between their connections. It knows topics and sizes, never contents, and writes no log.
 */
export class SignallingHub {
  readonly #limits: SignallingLimits;
  readonly #server: WebSocketServer;
  readonly #connections = new Set<Connection>();
  readonly #perAddress = new Map<string, number>();
  readonly #topics: Topics<Connection>;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(limits: Partial<SignallingLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#topics = new Topics(this.#limits);
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      // Compression would let a few bytes on the wire become many in memory.
      perMessageDeflate: false,
      maxPayload: this.#limits.messageBytes,
    });
    this.#heartbeat = setInterval(() => this.#beat(), this.#limits.heartbeatMs);
    this.#heartbeat.unref();
  }

  /** How many are connected. */
  get connections(): number {
    return this.#connections.size;
  }

  /** For an HTTP server's `upgrade` event. Refuses other paths, foreign origins and what is over the bounds. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const address = request.socket.remoteAddress ?? '';
    const path = (request.url ?? '').split('?', 1)[0];
    if (path !== SIGNALLING_PATH) return refuseUpgrade(socket, '404 Not Found');
    if (!isAllowedOrigin(request.headers.origin)) return refuseUpgrade(socket, '403 Forbidden');
    const ofAddress = this.#perAddress.get(address) ?? 0;
    if (this.#connections.size >= this.#limits.connections || ofAddress >= this.#limits.connectionsPerAddress) {
      return refuseUpgrade(socket, '503 Service Unavailable');
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#accept(webSocket, address));
  }

  /** Disconnects everyone. */
  close(): void {
    clearInterval(this.#heartbeat);
    for (const connection of this.#connections) this.#end(connection, CLOSE.goingAway);
    this.#server.close();
  }

  #accept(socket: WebSocket, address: string): void {
    const { messagesPerSecond, messageBurst, bytesPerSecond, byteBurst } = this.#limits;
    const now = performance.now();
    const connection: Connection = {
      socket,
      address,
      messages: new TokenBucket(messagesPerSecond, messageBurst, now),
      bytes: new TokenBucket(bytesPerSecond, byteBurst, now),
      alive: true,
    };
    this.#connections.add(connection);
    this.#perAddress.set(address, (this.#perAddress.get(address) ?? 0) + 1);
    socket.on('close', () => this.#forget(connection));
    // Broken frames and over-long messages: ws closes with the fitting code by itself; without a listener it would throw.
    socket.on('error', () => undefined);
    socket.on('pong', () => {
      connection.alive = true;
    });
    socket.on('message', (data, isBinary) => this.#receive(connection, data, isBinary));
  }

  #receive(connection: Connection, data: RawData, isBinary: boolean): void {
    if (connection.socket.readyState !== connection.socket.OPEN) return;
    connection.alive = true;
    if (isBinary || !Buffer.isBuffer(data)) return this.#end(connection, CLOSE.notText);
    const now = performance.now();
    if (!connection.messages.take(1, now) || !connection.bytes.take(data.length, now)) {
      return this.#end(connection, CLOSE.policy);
    }
    const message = parseMessage(data.toString('utf8'), this.#limits);
    if (message === undefined) return this.#end(connection, CLOSE.policy);
    this.#handle(connection, message);
  }

  #handle(connection: Connection, message: SignallingMessage): void {
    switch (message.type) {
      case 'ping':
        return this.#send(connection, '{"type":"pong"}');
      case 'subscribe':
        if (!message.topics.every((topic) => this.#topics.subscribe(connection, topic))) {
          this.#end(connection, CLOSE.tryLater);
        }
        return;
      case 'unsubscribe':
        for (const topic of message.topics) this.#topics.unsubscribe(connection, topic);
        return;
      case 'publish':
        return this.#publish(connection, message.topic, message.body);
    }
  }

  #publish(connection: Connection, topic: string, body: Readonly<Record<string, unknown>>): void {
    const receivers = this.#topics.subscribers(topic);
    if (receivers.size === 0) return;
    let text: string;
    try {
      text = JSON.stringify({ ...body, clients: receivers.size });
    } catch {
      // Nested deeper than the stack carries.
      return this.#end(connection, CLOSE.policy);
    }
    for (const receiver of [...receivers]) this.#send(receiver, text);
  }

  #send(connection: Connection, text: string): void {
    const { socket } = connection;
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > this.#limits.backlogBytes) return this.#kill(connection);
    socket.send(text, (error) => {
      if (error) this.#kill(connection);
    });
  }

  /** Closes with a code. Forgotten at once: what still comes in from a closing socket has no effect. */
  #end(connection: Connection, code: number): void {
    this.#topics.drop(connection);
    connection.alive = false;
    connection.socket.close(code);
  }

  #kill(connection: Connection): void {
    this.#topics.drop(connection);
    connection.socket.terminate();
  }

  #forget(connection: Connection): void {
    this.#topics.drop(connection);
    if (!this.#connections.delete(connection)) return;
    const left = (this.#perAddress.get(connection.address) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(connection.address, left);
    else this.#perAddress.delete(connection.address);
  }

  #beat(): void {
    for (const connection of this.#connections) {
      if (!connection.alive) {
        this.#kill(connection);
        continue;
      }
      connection.alive = false;
      if (connection.socket.readyState === connection.socket.OPEN) connection.socket.ping();
    }
  }
}
