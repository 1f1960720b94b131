import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** How the server answers one request. */
export interface Answer {
  /** Ends the connection after so many bytes of the body. */
  dropAfter?: number;
  /** Says nothing more after so many bytes of the body. */
  stallAfter?: number;
  /** Gives all of the file whatever part was asked for. */
  withoutRange?: boolean;
  /** Does not say how long the body is. */
  withoutLength?: boolean;
  /** Instead of the file. */
  status?: number;
  location?: string;
}

export interface LocalServer {
  url: string;
  /** The first byte that each request asked for. */
  asked: number[];
  close(): Promise<void>;
  /** Listens again at the same address. */
  open(): void;
}

/** Time for the other side to take what was sent: what waits there when a connection breaks is lost. */
const DROP_MILLISECONDS = 200;

function send(response: ServerResponse, body: Uint8Array, answer: Answer): void {
  const end = answer.dropAfter ?? answer.stallAfter;
  if (end === undefined) response.end(body);
  else
    response.write(body.subarray(0, end), () => {
      if (answer.dropAfter !== undefined) setTimeout(() => response.destroy(), DROP_MILLISECONDS);
    });
}

/** A server of one file on this machine; each request takes the next answer, the last one stays. */
export async function serve(bytes: Uint8Array, ...answers: Answer[]): Promise<LocalServer> {
  const asked: number[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? {};
    asked.push(from);
    if (answer.status !== undefined) {
      response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location });
      response.end('something else');
      return;
    }
    const start = answer.withoutRange ? 0 : from;
    if (start >= bytes.length) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
      return;
    }
    const body = bytes.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      ...(!answer.withoutLength && { 'content-length': body.length }),
      ...(start > 0 && { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
    });
    send(response, body, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => {
        resolve();
      });
    });
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  const open = (): void => void server.listen(port, '127.0.0.1');
  return { url: `http://127.0.0.1:${port}/file`, asked, close, open };
}
