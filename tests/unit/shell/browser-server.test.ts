import { mkdtempSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { SOCKET_PATH } from '@shared/contract/bridge';
import { decodeFrame, encodeFrame } from '@shared/contract/wire';
import { startServer, type RunningServer } from '@main/shell/browser/server';
import { createStudio } from '@main/services/studio';
import { locateHome } from '@main/services/home';

const folder = mkdtempSync(join(tmpdir(), 'mcn-server-'));
const studio = createStudio({
  home: locateHome(join(folder, 'home')),
  resourcesDir: folder,
  startProcess: () => {
    throw new Error('No engine is needed here');
  },
  shell: 'browser',
  shellReason: 'no display',
  version: '0.1.0',
  allowed: [],
  chooseFile: null,
  enableInMenu: null,
});

let server: RunningServer;
let port: number;
let cookie: string;

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      let body = '';
      response.on('data', (data: Buffer) => (body += data.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode!, headers: response.headers, body });
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

function open(headers: Record<string, string>, path: string = SOCKET_PATH): Promise<WebSocket | 'refused'> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.once('open', () => {
      resolve(socket);
    });
    socket.once('error', () => {
      resolve('refused');
    });
  });
}

function ask(socket: WebSocket, message: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    socket.once('message', (data: Buffer) => {
      resolve(decodeFrame(data));
    });
    socket.send(encodeFrame(message));
  });
}

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>MCN Studio</title>');
  writeFileSync(join(folder, '.secret'), 'not for the window');
  server = await startServer({ studio, rendererDir: folder, port: 0 });
  port = Number(new URL(server.url).port);
  const entrance = await get(new URL(server.url).pathname + new URL(server.url).search);
  expect(entrance.status).toBe(303);
  expect(entrance.headers.location).toBe('/');
  const [header] = entrance.headers['set-cookie']!;
  expect(header).toMatch(/HttpOnly; SameSite=Strict$/);
  cookie = header!.split(';')[0]!;
});

afterAll(async () => {
  await server.close();
});

describe('the pages', () => {
  it('come with a strict policy, to who has the cookie', async () => {
    const { status, headers, body } = await get('/', { cookie });
    expect(status).toBe(200);
    expect(body).toContain('MCN Studio');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain(`connect-src ws://127.0.0.1:${port}`);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    ['without the cookie', '/', {}, 401],
    ['with a wrong token', '/?token=AAAA', {}, 401],
    ['with a wrong cookie', '/', { cookie: 'mcn_studio_1=x' }, 401],
    ['by another name (DNS rebinding)', '/', { host: 'evil.example' }, 403],
  ])('are refused %s', async (_how, path, headers, status) => {
    expect(await get(path, headers)).toMatchObject({ status });
  });

  it.each(['/../package.json', '/%2e%2e/%2e%2e/etc/passwd', '/.secret', '/nothing', '/%00', '/%'])(
    'do not lead out of their folder: %s',
    async (path) => {
      expect(await get(path, { cookie })).toMatchObject({ status: 404 });
    },
  );

  it('are only read', async () => {
    expect(await get('/', { cookie }, 'POST')).toMatchObject({ status: 405 });
  });
});

describe('the socket', () => {
  const own = () => ({ cookie, origin: `http://127.0.0.1:${port}` });

  it('answers a request of its own page', async () => {
    const socket = (await open(own())) as WebSocket;
    const answer = await ask(socket, { id: 7, method: 'studio.info', params: {} });
    expect(answer).toMatchObject({
      id: 7,
      ok: true,
      result: { shell: 'browser', shellReason: 'no display' },
    });
    socket.close();
  });

  it.each([
    ['runs.frobnicate', {}, 'method-unknown'],
    ['runs.subscribe', {}, 'params-invalid'],
    ['runs.subscribe', { run: 'nobody' }, 'run-unknown'],
    ['runs.command', { run: 'nobody', command: 'pause' }, 'run-not-running'],
    ['projects.open', { path: '/nowhere/x.mcnproj' }, 'path-not-allowed'],
    ['exports.read', { run: 'nobody', path: '../../etc/passwd' }, 'run-unknown'],
    ['__proto__', {}, 'method-unknown'],
  ])('answers %s with a problem that has a code', async (method, params, code) => {
    const socket = (await open(own())) as WebSocket;
    const answer = await ask(socket, { id: 1, method, params });
    expect(answer).toMatchObject({ id: 1, ok: false, problem: { code } });
    socket.close();
  });

  it('is refused to other sites, other paths, and without the cookie', async () => {
    expect(await open({ ...own(), origin: 'https://evil.example' })).toBe('refused');
    expect(await open({ cookie })).toBe('refused');
    expect(await open({ origin: own().origin })).toBe('refused');
    expect(await open({ ...own(), host: 'evil.example', origin: 'http://evil.example' })).toBe('refused');
    expect(await open(own(), '/other')).toBe('refused');
  });

  it('survives addresses that are none, and lines that break off', async () => {
    expect(await get('http://[', { cookie })).toMatchObject({ status: 400 });
    for (const target of ['//', '/api?x', 'http://[', '/../api']) {
      const stream = connect(port, '127.0.0.1');
      stream.on('error', () => undefined);
      const head = `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`;
      stream.write(`${head}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`);
      await new Promise((resolve) => stream.once('data', resolve));
      stream.resetAndDestroy();
    }
    const socket = (await open(own())) as WebSocket;
    expect(await ask(socket, { id: 1, method: 'studio.info', params: {} })).toMatchObject({ ok: true });
    socket.close();
  });

  it('is closed when it sends what is no request', async () => {
    const socket = (await open(own())) as WebSocket;
    const closed = new Promise<number>((resolve) => {
      socket.once('close', resolve);
    });
    socket.send(Buffer.from([1, 2, 3]));
    expect(await closed).toBe(1007);
  });
});

describe('the port', () => {
  it('that is taken is told by its number', async () => {
    await expect(startServer({ studio, rendererDir: folder, port })).rejects.toThrow(
      `Port ${port} is in use`,
    );
  });
});
