import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { PeerholdError } from '../../shared/errors';
import type { SignallingHub } from './hub';

/** Sockets that an HTTP server holds beyond those that the hub counts: requests that are not upgraded yet. */
const SPARE_SOCKETS = 64;

/** An HTTP server and the sockets that it has open. */
export interface HubServer {
  readonly server: Server;
  readonly sockets: ReadonlySet<Socket>;
}

/** An HTTP server with short time-outs whose upgrades go to the hub. */
export function createHubServer(hub: SignallingHub, onRequest: RequestListener): HubServer {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 20_000, keepAliveTimeout: 5_000, maxHeaderSize: 16 * 1024 },
    onRequest,
  );
  server.maxConnections = 512 + SPARE_SOCKETS;
  server.on('upgrade', (request, socket, head) => hub.handleUpgrade(request, socket, head));
  server.on('clientError', (_error, socket) => socket.destroy());
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return { server, sockets };
}

/** For servers that serve nothing but upgrades. */
export const upgradeRequired: RequestListener = (_request, response) => {
  response.writeHead(426, { Connection: 'close', Upgrade: 'websocket', 'Content-Length': '0' }).end();
};

/**
 * Listens and gives the port. Port 0 lets the system choose.
 * @throws PeerholdError `node.port-in-use` or `node.listen-failed`.
 */
export function listen({ server }: HubServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      const code = error.code === 'EADDRINUSE' ? 'node.port-in-use' : 'node.listen-failed';
      reject(new PeerholdError(code, { port, cause: error.code ?? 'unknown' }, { cause: error }));
    };
    server.once('error', onError);
    server.listen({ host, port }, () => {
      server.off('error', onError);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Stops listening and ends the connections of this server, upgraded ones too, which Node itself would wait for. */
export function closeServer({ server, sockets }: HubServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
