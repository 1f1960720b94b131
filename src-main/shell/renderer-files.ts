import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { NONCE_PLACEHOLDER } from './content-security-policy';

/** A file of the window as a shell answers with it. */
export interface RendererFile {
  bytes: Uint8Array<ArrayBuffer>;
  /** Content type, with its charset where it is text. */
  type: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
};

/** Codes of a path that names no file. */
const ABSENT: readonly (string | undefined)[] = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'];

/**
 * The parts of a URL's path below the folder; null when it leads, or could lead on some system, out of it. Dot files are no part of a
 * build, so that a part may not begin with a dot at all.
 */
function partsOf(pathname: string): string[] | null {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const parts = path.split('/').filter((part) => part !== '');
  const sound = parts.every((part) => !part.startsWith('.') && !/[\\:\0]/.test(part));
  return sound ? parts : null;
}

/**
 * Reads one file of the built window; `/` is index.html, in which the nonce of this load takes its places.
 * @param dir folder of the build
 * @param pathname path of the URL, still percent-encoded
 * @returns null when there is no such file, or the path is not one below `dir`
 */
export async function readRendererFile(
  dir: string,
  pathname: string,
  nonce: string,
): Promise<RendererFile | null> {
  const parts = partsOf(pathname);
  if (!parts) return null;
  const name = parts.length > 0 ? join(...parts) : 'index.html';
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await readFile(join(dir, name));
  } catch (error) {
    if (ABSENT.includes((error as NodeJS.ErrnoException).code)) return null;
    throw error;
  }
  const type = TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
  if (name !== 'index.html') return { bytes, type };
  const page = new TextDecoder().decode(bytes).replaceAll(NONCE_PLACEHOLDER, nonce);
  return { bytes: new TextEncoder().encode(page), type };
}
