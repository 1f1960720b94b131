import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { randomBytes } from 'node:crypto';
import { WebSocketServer } from 'ws';
import { SOCKET_PATH } from '@shared/contract/bridge';
import { StudioError } from '@shared/problem';
import type { Studio } from '../../services/studio';
import { contentSecurityPolicy } from '../content-security-policy';
import { readRendererFile } from '../renderer-files';
import { isLoopbackHost, isOwnOrigin } from './same-origin';
import { SessionToken } from './session-token';
import { serveSocket } from './socket-client';

const HOST = '127.0.0.1';
const MAX_MESSAGE_BYTES = 64e6;

export interface ServerOptions {
  studio: Studio;
  /** Built files of the window. */
  rendererDir: string;
  /** 0: a free one. */
  port: number;
}

export interface RunningServer {
  /** Address for a browser on this machine, token included. */
  url: string;
  close(): Promise<void>;
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${text}\n`);
}

/** Pages and their parts; everything but the address with the token asks for the cookie. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  token: SessionToken,
  rendererDir: string,
): Promise<void> {
  const { host, cookie } = request.headers;
  if (!isLoopbackHost(host)) {
    refuse(response, 403, 'This studio answers to localhost and 127.0.0.1 only.');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(response, 405, 'Only GET is understood here.');
    return;
  }
  const target = `http://${host!}${request.url ?? '/'}`;
  if (!URL.canParse(target)) {
    refuse(response, 400, 'That is no address.');
    return;
  }
  const url = new URL(target);
  if (token.matches(url.searchParams.get('token'))) {
    response.writeHead(303, {
      location: url.pathname,
      'set-cookie': token.cookie,
      'cache-control': 'no-store',
    });
    response.end();
    return;
  }
  if (!token.authorises(cookie)) {
    refuse(response, 401, 'Open the address that MCN Studio printed in its terminal: it holds the key.');
    return;
  }
  const nonce = randomBytes(16).toString('base64');
  const file = await readRendererFile(rendererDir, url.pathname, nonce);
  if (!file) {
    refuse(response, 404, `There is nothing at ${url.pathname}.`);
    return;
  }
  response.writeHead(200, {
    'content-type': file.type,
    'content-security-policy': contentSecurityPolicy(nonce, [`ws://${host!}`]),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  response.end(request.method === 'HEAD' ? undefined : file.bytes);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        new StudioError(
          {
            code: taken ? 'port-taken' : 'port-unusable',
            message: taken
              ? `Port ${port} is in use by another program.`
              : `Port ${port} cannot be used (${error.code ?? error.message}).`,
            fix: 'Name another one with --port, or leave it out to get a free one.',
          },
          { cause: error },
        ),
      );
    });
    server.listen(port, HOST, resolve);
  });
}

/**
 * Serves the window's files and the studio's WebSocket on the loopback interface. Whoever has no token of this start, comes by another
 * name than a loopback one, or asks from a page of another site is refused.
 * @throws StudioError port-taken, port-unusable
 */
export async function startServer({ studio, rendererDir, port }: ServerOptions): Promise<RunningServer> {
  const token = new SessionToken(() => (server.address() as AddressInfo).port);
  const server = createServer((request, response) => {
    answer(request, response, token, rendererDir).catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'The studio met an error that it did not expect; its terminal says more.');
    });
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const { host, origin, cookie } = request.headers;
    // Node takes its own listener away from an upgraded stream; one that breaks off must not end the studio.
    stream.on('error', () => {
      stream.destroy();
    });
    if (request.url !== SOCKET_PATH || !isOwnOrigin(origin, host) || !token.authorises(cookie)) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      serveSocket(socket, studio);
    });
  });
  await listen(server, port);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${bound}/?token=${token.value}`,
    close: async () => {
      for (const socket of sockets.clients) socket.close(1001, 'the studio ends');
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
