import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { errorCode } from '../../files/error-code';
import { downloadProblem } from './download-problem';

/** A part of a remote file, up to its end. */
export interface RemotePart {
  /** Byte of the file that the body begins with; 0 when the server gives no parts. */
  readonly from: number;
  /** The rest of the file; whoever asked for it reads or destroys it. */
  readonly body: IncomingMessage;
}

const MAX_REDIRECTS = 5;
const OK = 200;
const PARTIAL = 206;
const RANGE_NOT_SATISFIABLE = 416;

function ask(url: URL, from: number, idleSeconds: number, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'http:' ? requestHttp : requestHttps;
    // Identity, so that what arrives are the bytes of the file, whose checksum is known.
    const headers = { 'accept-encoding': 'identity', ...(from > 0 && { range: `bytes=${from}-` }) };
    const asked = request(url, { headers, signal }, resolve);
    asked.setTimeout(1000 * idleSeconds, () => {
      asked.destroy(Object.assign(new Error(`nothing came for ${idleSeconds} s`), { code: 'ETIMEDOUT' }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

async function follow(
  url: URL,
  from: number,
  idleSeconds: number,
  signal: AbortSignal,
  redirects = 0,
): Promise<IncomingMessage> {
  const answer = await ask(url, from, idleSeconds, signal);
  const { statusCode = 0, headers } = answer;
  if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) return answer;
  answer.destroy();
  const next = new URL(headers.location, url);
  if (redirects === MAX_REDIRECTS || !/^https?:$/.test(next.protocol)) {
    throw downloadProblem('download-refused', `${url.href} leads to ${next.href} and no further.`);
  }
  return follow(next, from, idleSeconds, signal, redirects + 1);
}

/** The byte that a part begins with, as its header says. */
function startOf(answer: IncomingMessage): number {
  return Number(/^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '')?.[1] ?? Number.NaN);
}

/**
 * Asks for a file from byte `from` on; redirects are followed.
 *
 * @param idleSeconds after so long without a byte the connection is given up
 * @returns null when the server says that there is nothing behind `from`.
 * @throws StudioError download-unreachable, download-refused
 */
export async function openRemote(
  address: string,
  from: number,
  idleSeconds: number,
  signal: AbortSignal,
): Promise<RemotePart | null> {
  const url = new URL(address);
  let answer: IncomingMessage;
  try {
    answer = await follow(url, from, idleSeconds, signal);
  } catch (error) {
    const code = errorCode(error);
    if (signal.aborted || code === undefined) throw error;
    throw downloadProblem('download-unreachable', `${url.host} cannot be reached (${code}).`, error);
  }
  const { statusCode, statusMessage } = answer;
  if (statusCode === OK) return { from: 0, body: answer };
  if (statusCode === PARTIAL && startOf(answer) === from) return { from, body: answer };
  answer.destroy();
  if (statusCode === RANGE_NOT_SATISFIABLE && from > 0) return null;
  const said = `${statusCode ?? ''} ${statusMessage ?? ''}`.trim();
  throw downloadProblem('download-refused', `${url.href} cannot be had: the server says ${said}.`);
}
