import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { type WebSocket, WebSocketServer } from 'ws';
import { PortTransport } from '../../renderer/sync/port-transport';
import type { Transport } from '../../shared/sync/channel/ports';
import type { End } from './end';
import { pack, unpack } from './page/packed';

/** Every end of a test's run has its own number. */
let next = 0;

/**
 * One end of a WebRTC connection that is in a page, used from Node. The app's own adapters are between, with the test in the worker's
 * place: the port goes on over a socket.
 */
export class PageEnd implements End {
  readonly #page: Page;
  readonly #end = next++;
  readonly #server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  #socket: WebSocket | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  async offer(): Promise<string> {
    return (await this.#page.evaluate((end) => window.transports.offer(end), this.#end))!;
  }

  async answer(offer: string): Promise<string> {
    return (await this.#page.evaluate(([end, sdp]) => window.transports.answer(end, sdp), [
      this.#end,
      offer,
    ] as const))!;
  }

  accept(answer: string): Promise<void> {
    return this.#page.evaluate(([end, sdp]) => window.transports.accept(end, sdp), [this.#end, answer] as const);
  }

  async transport(): Promise<Transport> {
    const { port1, port2 } = new MessageChannel();
    this.#server.once('connection', (socket) => {
      this.#socket = socket;
      port2.addEventListener('message', ({ data }: MessageEvent<object>) => socket.send(pack(data)));
      socket.on('message', (data: Buffer, isBinary) => {
        if (isBinary) port2.postMessage(unpack(data));
      });
      port2.start();
    });
    const place = [this.#end, `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`] as const;
    const info = await this.#page.evaluate(([end, address]) => window.transports.opened(end, address), place);
    return new PortTransport({ ...info, port: port1 });
  }

  async settled(): Promise<void> {
    // What was posted to the port is on the socket after a turn.
    await new Promise((done) => setTimeout(done, 0));
    const heard = new Promise<void>((done) => {
      this.#socket!.on('message', (_data: Buffer, isBinary) => {
        if (!isBinary) done();
      });
    });
    this.#socket!.send('settled?');
    await heard;
  }

  cut(): void {
    void this.#page.evaluate((end) => window.transports.cut(end), this.#end);
  }

  async destroy(): Promise<void> {
    await this.#page.evaluate((end) => window.transports.destroy(end), this.#end);
    this.#socket?.terminate();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
