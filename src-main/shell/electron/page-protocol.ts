import { randomBytes } from 'node:crypto';
import { contentSecurityPolicy } from '../content-security-policy';
import { readRendererFile } from '../renderer-files';

/** Scheme and host of the window's own files: an origin that no web page can have. */
export const PAGE_SCHEME = 'mcn-studio';
const PAGE_HOST = 'window';
export const PAGE_URL = `${PAGE_SCHEME}://${PAGE_HOST}/`;

function refused(status: number): Response {
  return new Response(null, { status });
}

/**
 * Answers requests for the window's files, with a policy and a nonce of this load.
 * @param rendererDir folder of the built window
 */
export function answerPage(rendererDir: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    if (url.protocol !== `${PAGE_SCHEME}:` || url.host !== PAGE_HOST) return refused(403);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refused(405);
    const nonce = randomBytes(16).toString('base64');
    const file = await readRendererFile(rendererDir, url.pathname, nonce);
    if (!file) return refused(404);
    return new Response(request.method === 'HEAD' ? null : file.bytes, {
      headers: {
        'content-type': file.type,
        'content-security-policy': contentSecurityPolicy(nonce, []),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  };
}

/** The part of Electron's frame that says who speaks. */
export interface SenderFrame {
  url: string;
  parent: object | null;
}

/** Whether a message comes from the studio's own page: its top frame, at its own address. A frame that is gone (null) is nobody. */
export function isOwnFrame(frame: SenderFrame | null): boolean {
  return frame !== null && frame.parent === null && frame.url.startsWith(PAGE_URL);
}
