import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy, NONCE_PLACEHOLDER } from '@main/shell/content-security-policy';
import { answerPage, PAGE_URL } from '@main/shell/electron/page-protocol';
import { readRendererFile } from '@main/shell/renderer-files';

let top: string;
let dir: string;

beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'mcn-files-'));
  dir = join(top, 'renderer');
  await mkdir(join(dir, 'assets'), { recursive: true });
  await writeFile(join(top, 'secret.txt'), 'not for pages');
  await writeFile(join(dir, '.hidden'), 'not for pages');
  await writeFile(
    join(dir, 'index.html'),
    `<script nonce="${NONCE_PLACEHOLDER}"></script>${NONCE_PLACEHOLDER}`,
  );
  await writeFile(join(dir, 'assets', 'main-1a.js'), `'${NONCE_PLACEHOLDER}'`);
  await writeFile(join(dir, 'assets', 'a b.woff2'), Uint8Array.of(0, 255));
});

afterAll(async () => {
  await rm(top, { recursive: true, force: true });
});

describe('files of the window', () => {
  it.each(['/', '/index.html'])('%s is the page, with the nonce wherever it belongs', async (path) => {
    const file = await readRendererFile(dir, path, 'bm9uY2U=');
    expect(file?.type).toBe('text/html; charset=utf-8');
    expect(new TextDecoder().decode(file?.bytes)).toBe('<script nonce="bm9uY2U="></script>bm9uY2U=');
  });

  it('come as they are, with their type', async () => {
    const script = await readRendererFile(dir, '/assets/main-1a.js', 'x');
    expect(script?.type).toBe('text/javascript; charset=utf-8');
    expect(new TextDecoder().decode(script?.bytes)).toBe(`'${NONCE_PLACEHOLDER}'`);
    const font = await readRendererFile(dir, '/assets/a%20b.woff2', 'x');
    expect(font?.type).toBe('font/woff2');
    expect([...font!.bytes]).toEqual([0, 255]);
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/..\\..\\secret.txt',
    '/C:/secret.txt',
    '/.hidden',
    '/secret.txt%00.js',
    '/%E0%A4%A',
    '/assets',
    '/none.js',
    '/index.html/more',
  ])('%s is none', async (path) => {
    expect(await readRendererFile(dir, path, 'x')).toBeNull();
  });
});

describe("Electron's protocol", () => {
  it('sends the policy with a nonce that is new for each load and stands in the page', async () => {
    const answer = answerPage(dir);
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const response = await answer(new Request(PAGE_URL));
        const policy = response.headers.get('content-security-policy')!;
        const nonce = /'nonce-([^']+)'/.exec(policy)![1]!;
        expect(policy).toBe(contentSecurityPolicy(nonce, []));
        expect(await response.text()).toContain(`nonce="${nonce}"`);
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it.each([
    ['another host', new Request('mcn-studio://elsewhere/index.html'), 403],
    ['a file that is not there', new Request(`${PAGE_URL}none.js`), 404],
    ['a form', new Request(PAGE_URL, { method: 'POST' }), 405],
  ])('refuses %s', async (_what, request, status) => {
    expect((await answerPage(dir)(request)).status).toBe(status);
  });
});

describe('the policy', () => {
  const directives = new Map(
    contentSecurityPolicy('bm9uY2U=', ['ws://127.0.0.1:5000'])
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive] as const),
  );

  it('allows nothing that is not named', () => {
    expect(directives.get('default-src')).toBe("default-src 'none'");
    expect([...directives.values()].join()).not.toMatch(/unsafe|\*/);
  });

  it('runs own scripts only, and connects to nobody but the studio', () => {
    expect(directives.get('script-src')).toBe("script-src 'self'");
    expect(directives.get('connect-src')).toBe('connect-src ws://127.0.0.1:5000');
    expect(contentSecurityPolicy('x', [])).toContain("connect-src 'none'");
  });
});
