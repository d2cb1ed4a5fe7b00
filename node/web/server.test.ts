import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { PeerholdError } from '../../shared/errors';
import { BRIDGE_CALLS, HOST_TOKEN_HEADER, SIGNALLING_PATH } from '../../shared/ipc/channels';
import { SignallingHub } from '../signalling/hub';
import { ServedFiles } from './files';
import { WebServer } from './server';

let root: string;
let server: WebServer;
let port: number;
let token: string;
const hub = new SignallingHub();
const calls = {
  info: vi.fn(async () => ({
    shell: 'browser' as const,
    platform: 'linux',
    version: '1',
    profile: 'x',
    signalling: [],
    lanOpen: false,
  })),
  openLan: vi.fn(async () => ({ addresses: ['ws://192.168.1.5:1/signal'] })),
  closeLan: vi.fn(async () => undefined),
  lanPlaces: vi.fn(async () => ({ addresses: ['ws://192.168.1.6:2/signal'] })),
};

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** A request exactly as written: `fetch` would tidy the path up and forbid the headers. */
function send(path: string, method = 'GET', headers: OutgoingHttpHeaders = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'peerhold-web-'));
  await mkdir(join(root, 'site', 'assets'), { recursive: true });
  await writeFile(join(root, 'secret.txt'), 'secret');
  await writeFile(join(root, 'site', 'index.html'), '<!doctype html><html><head><title>x</title></head></html>');
  await writeFile(join(root, 'site', 'assets', 'a.js'), 'export {}');
  await symlink(join(root, 'secret.txt'), join(root, 'site', 'link.txt'));
  server = new WebServer({ files: await ServedFiles.list(join(root, 'site')), calls, hub, profile: 'anna' });
  port = await server.listen(0);
  token = /name="peerhold-token" content="([0-9a-f]{64})"/.exec((await send('/')).body)?.[1] ?? '';
});

afterAll(async () => {
  hub.close();
  await server.close();
  await rm(root, { recursive: true });
});

describe('files', () => {
  test('the page and its parts, with the security headers', async () => {
    for (const [path, type] of [
      ['/', 'text/html; charset=utf-8'],
      ['/index.html', 'text/html; charset=utf-8'],
      ['/assets/a.js?x#y', 'text/javascript; charset=utf-8'],
    ] as const) {
      const { status, headers } = await send(path);
      expect(status).toBe(200);
      expect(headers['content-type']).toBe(type);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; /);
      expect(headers['content-security-policy']).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..\\secret.txt',
    '//etc/passwd',
    '/link.txt',
    '/assets',
    '/assets/',
    '/assets/a.js/',
    '/%00',
    '/__proto__',
    '/missing',
    'http://127.0.0.1/',
  ])('%s is not there', async (path) => {
    expect((await send(path)).status).toBe(404);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('%s is refused', async (method) => {
    expect((await send('/', method)).status).toBe(405);
  });

  test('a foreign host name that resolves to here is refused, for files and for calls', async () => {
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', '127.0.0.1:1', `[::1]:${port}`]) {
      expect((await send('/', 'GET', { host })).status).toBe(421);
      expect((await send('/host/hello', 'GET', { host })).status).toBe(421);
    }
  });

  test('localhost leads to the one origin', async () => {
    const { status, headers } = await send('/', 'GET', { host: `localhost:${port}` });
    expect([status, headers.location]).toEqual([308, `http://127.0.0.1:${port}/`]);
  });
});

describe('the host API', () => {
  const allowed = (): OutgoingHttpHeaders => ({
    origin: server.origin,
    'sec-fetch-site': 'same-origin',
    [HOST_TOKEN_HEADER]: token,
  });

  test('answers its page', async () => {
    const info = await send(`/host/${BRIDGE_CALLS.info}`, 'POST', allowed(), '{}');
    expect([info.status, JSON.parse(info.body)]).toEqual([200, { result: await calls.info() }]);
    const lan = await send(`/host/${BRIDGE_CALLS.openLan}`, 'POST', allowed());
    expect(JSON.parse(lan.body)).toEqual({ result: { addresses: ['ws://192.168.1.5:1/signal'] } });
    const closed = await send(`/host/${BRIDGE_CALLS.closeLan}`, 'POST', allowed());
    expect(JSON.parse(closed.body)).toEqual({ result: null });
    const found = await send(`/host/${BRIDGE_CALLS.lanPlaces}`, 'POST', allowed());
    expect(JSON.parse(found.body)).toEqual({ result: { addresses: ['ws://192.168.1.6:2/signal'] } });
  });

  test('says to anyone on this machine which profile it serves, and no more', async () => {
    expect((await send('/host/hello')).body).toBe('{"app":"peerhold","profile":"anna"}');
  });

  test.each<[string, number, (headers: OutgoingHttpHeaders) => OutgoingHttpHeaders, string?, string?]>([
    ['no origin', 403, ({ origin: _, ...rest }) => rest],
    ['another origin', 403, (headers) => ({ ...headers, origin: 'https://evil.example' })],
    ['another port', 403, (headers) => ({ ...headers, origin: 'http://127.0.0.1:1' })],
    ['the other loopback name', 403, (headers) => ({ ...headers, origin: `http://localhost:${port}` })],
    ['origin null', 403, (headers) => ({ ...headers, origin: 'null' })],
    ['another site', 403, (headers) => ({ ...headers, 'sec-fetch-site': 'cross-site' })],
    ['the same site only', 403, (headers) => ({ ...headers, 'sec-fetch-site': 'same-site' })],
    ['no token', 403, ({ [HOST_TOKEN_HEADER]: _, ...rest }) => rest],
    ['a wrong token', 403, (headers) => ({ ...headers, [HOST_TOKEN_HEADER]: 'f'.repeat(64) })],
    ['a cut token', 403, (headers) => ({ ...headers, [HOST_TOKEN_HEADER]: token.slice(1) })],
    ['arguments', 400, (headers) => headers, 'POST', '{"port":1}'],
    ['an endless body', 400, (headers) => headers, 'POST', 'x'.repeat(100_000)],
    ['GET', 405, (headers) => headers, 'GET'],
  ])('%s: %i', async (_name, status, change, method = 'POST', body = '') => {
    calls.openLan.mockClear();
    expect((await send(`/host/${BRIDGE_CALLS.openLan}`, method, change(allowed()), body)).status).toBe(status);
    expect(calls.openLan).not.toHaveBeenCalled();
  });

  test.each(['', 'save-file', 'open-external', '__proto__', 'constructor', 'info/', '../host/info'])(
    '%j is no call of it',
    async (name) => {
      expect((await send(`/host/${name}`, 'POST', allowed())).status).toBe(404);
    },
  );

  test('a failure is told by its code', async () => {
    calls.openLan.mockRejectedValueOnce(new PeerholdError('node.listen-failed', { port: 1 }));
    const { status, body } = await send(`/host/${BRIDGE_CALLS.openLan}`, 'POST', allowed());
    expect([status, body]).toEqual([500, '{"error":"node.listen-failed"}']);
  });
});

test('signalling is served beside the page, to it and not to web sites', async () => {
  const url = `ws://127.0.0.1:${port}${SIGNALLING_PATH}`;
  const open = (origin: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = new WebSocket(url, { origin });
      socket.once('open', () => {
        socket.close();
        resolve('open');
      });
      socket.once('error', (error) => resolve(error.message));
    });
  expect(await open(server.origin)).toBe('open');
  expect(await open('https://evil.example')).toContain('403');
});
