import { type Socket, createSocket } from 'node:dgram';

const COOKIE = 0x21_12_a4_42;

/** A STUN server (RFC 8489) on this machine, which tells everybody the same address, whatever is true. */
export class StunServer {
  readonly #socket: Socket;
  /** Requests that it has had. */
  asked = 0;

  private constructor(socket: Socket, seenAt: string, port: number) {
    this.#socket = socket;
    socket.on('message', (request, { address, port: from }) => {
      this.asked += 1;
      socket.send(answerTo(request, seenAt, port), from, address);
    });
  }

  static async start(seenAt: string, port: number): Promise<StunServer> {
    const socket = createSocket('udp4');
    await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
    return new StunServer(socket, seenAt, port);
  }

  get address(): string {
    return `stun:127.0.0.1:${this.#socket.address().port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.#socket.close(done));
  }
}

/** A binding response with one XOR-MAPPED-ADDRESS. */
function answerTo(request: Buffer, seenAt: string, port: number): Buffer {
  const answer = Buffer.alloc(32);
  answer.writeUInt16BE(0x0101, 0);
  answer.writeUInt16BE(12, 2);
  // Cookie and transaction.
  request.copy(answer, 4, 4, 20);
  answer.writeUInt16BE(0x0020, 20);
  answer.writeUInt16BE(8, 22);
  answer.writeUInt16BE(0x0001, 24);
  answer.writeUInt16BE(port ^ (COOKIE >>> 16), 26);
  const bytes = seenAt.split('.').map(Number);
  answer.writeUInt32BE((Buffer.from(bytes).readUInt32BE() ^ COOKIE) >>> 0, 28);
  return answer;
}
