import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { socketBridge, type SocketBridge } from '@renderer/socket-bridge';
import type { NotificationMessage, RequestMessage } from '@shared/contract/studio-api';
import { decodeFrame, encodeFrame } from '@shared/contract/wire';

let server: WebSocketServer;
let bridge: SocketBridge;

/** As a browser's: a failed connection is an event that may go unheard. */
class PageSocket extends WebSocket {
  constructor(url: string) {
    super(url);
    this.on('error', () => undefined);
  }
}

async function listen(port = 0): Promise<string> {
  server = new WebSocketServer({ host: '127.0.0.1', port });
  await new Promise((resolve) => server.once('listening', resolve));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
}

/** Answers every request with its own method and a typed array. */
function answer(): void {
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const { id, method } = decodeFrame(new Uint8Array(data)) as RequestMessage;
      if (method === 'silence') return;
      socket.send(encodeFrame({ id, ok: true, result: { method, values: Float64Array.of(id, 0.5) } }));
    });
  });
}

async function stop(): Promise<void> {
  for (const client of server.clients) client.terminate();
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

beforeEach(() => {
  vi.stubGlobal('WebSocket', PageSocket);
});

afterEach(async () => {
  bridge.close();
  await stop();
  vi.unstubAllGlobals();
});

it('lets requests wait for the first connection and pairs answers with them, arrays included', async () => {
  const url = await listen();
  answer();
  bridge = socketBridge(url);
  expect(bridge.connection.value).toBe('connecting');
  const [first, second] = await Promise.all([bridge.request('a', {}), bridge.request('b', {})]);
  expect(first).toEqual({ ok: true, result: { method: 'a', values: Float64Array.of(1, 0.5) } });
  expect(second).toMatchObject({ ok: true, result: { method: 'b' } });
  expect(bridge.connection.value).toBe('open');
});

it('hands notifications to those who listen, until they stop', async () => {
  const url = await listen();
  answer();
  bridge = socketBridge(url);
  const heard: NotificationMessage[] = [];
  const leave = bridge.subscribe((message) => {
    heard.push(message);
  });
  await bridge.request('hello', {});
  const note = { notification: 'run.summary', payload: { step: 3 } };
  const tell = (): void => {
    for (const client of server.clients) client.send(encodeFrame(note));
  };
  tell();
  await bridge.request('after', {});
  leave();
  tell();
  await bridge.request('later', {});
  expect(heard).toEqual([note]);
});

it('fails what was asked when a frame cannot be read, and comes back by itself', async () => {
  const url = await listen();
  answer();
  bridge = socketBridge(url);
  await bridge.request('hello', {});
  const open = bridge.request('silence', {});
  for (const client of server.clients) client.send(Uint8Array.of(255, 255, 255, 255, 1));
  expect(await open).toMatchObject({ ok: false, problem: { code: 'studio-gone' } });
  await vi.waitFor(
    () => {
      expect(bridge.connection.value).toBe('open');
    },
    { timeout: 10_000 },
  );
  expect(await bridge.request('again', {})).toMatchObject({ ok: true, result: { method: 'again' } });
});

it('fails what was asked when the studio goes, and what is asked then, and comes back by itself', async () => {
  const url = await listen();
  answer();
  bridge = socketBridge(url);
  await bridge.request('hello', {});
  const open = bridge.request('silence', {});
  await stop();
  expect(await open).toMatchObject({ ok: false, problem: { code: 'studio-gone' } });
  expect(bridge.connection.value).toBe('lost');
  expect(await bridge.request('x', {})).toMatchObject({ ok: false, problem: { code: 'studio-gone' } });

  await listen(Number(new URL(url).port));
  answer();
  await vi.waitFor(
    () => {
      expect(bridge.connection.value).toBe('open');
    },
    { timeout: 10_000 },
  );
  expect(await bridge.request('again', {})).toMatchObject({ ok: true, result: { method: 'again' } });
});
