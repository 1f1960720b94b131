import { type ChildProcess } from 'node:child_process';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { startMcn, workFolder } from './mcn';

const setup = new URL('../../src-main/setup/chromium.mjs', import.meta.url).href;
const { findChromium } = (await import(/* @vite-ignore */ setup)) as { findChromium(): string | null };

/** Quiet and without its sandbox, which a root user in a container cannot have. */
const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A machine that is busy with other things takes its time. */
const PATIENCE_MILLISECONDS = 60_000;

/** What a page says when the studio's process is gone and it tries to reach it again. */
const CANNOT_RECONNECT = /^console: WebSocket connection to '.*' failed: .*ERR_CONNECTION_REFUSED/;

/** The served studio with a browser that belongs to the test alone. */
export interface StudioWindow {
  /** Home folder of this studio. */
  home: string;
  /** Address with the token. */
  url: string;
  browser: Browser;
  /** The profile in which the token's cookie lies. */
  context: BrowserContext;
  /** The first tab, on Welcome. */
  page: Page;
  /** What went wrong in any tab so far: errors of scripts and of the console, violations of the CSP among them, and refused requests. */
  complaints(): string[];
  /** Ends the studio without warning; from here on a page may say that it cannot reach it. */
  killServer(): Promise<void>;
}

/** What a test wants otherwise than usual. */
export interface StudioWishes {
  /** A home that was used before; without it a new one. */
  home?: string;
  /** A folder that the browser may use besides the home. */
  allow?: string;
}

/**
 * Starts a studio in a home of its own and opens it in Chromium. All of it ends with the test.
 * @throws Error when there is no Chromium
 */
export async function openStudio(wishes: StudioWishes = {}): Promise<StudioWindow> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('There is no Chromium; MCN_CHROMIUM=/path names one.');
  const home = wishes.home ?? workFolder();
  const allowed = wishes.allow === undefined ? [] : ['--allow', wishes.allow];
  const { child: server, finished } = startMcn(home, ['serve', '--json', '--port', '0', ...allowed]);
  onTestFinished(async () => {
    server.kill('SIGINT');
    await finished;
  });
  const url = await servedAddress(server);
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  onTestFinished(() => browser.close());

  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
  });
  context.setDefaultTimeout(PATIENCE_MILLISECONDS);
  const complaints = collectComplaints(context);
  let killed = false;
  const page = await context.newPage();
  await page.goto(url);
  // Behind a question, the page is hidden from whoever looks for its parts by their roles.
  await page.getByText('Templates', { exact: true }).waitFor();
  return {
    home,
    url,
    browser,
    context,
    page,
    complaints: () => complaints.filter((text) => !(killed && CANNOT_RECONNECT.test(text))),
    killServer: async () => {
      killed = true;
      server.kill('SIGKILL');
      await finished;
    },
  };
}

/** The address that `serve --json` prints in its first line. */
function servedAddress(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    server.stdout!.on('data', (data: Buffer) => {
      printed += data.toString();
      if (printed.includes('\n')) resolve((JSON.parse(printed.split('\n')[0]!) as { url: string }).url);
    });
    server.once('exit', () => {
      reject(new Error('The studio ended before it served anything'));
    });
  });
}

function collectComplaints(context: BrowserContext): string[] {
  const found: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') found.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => found.push(`page: ${error.error().stack ?? error.error().message}`));
  context.on('response', (response) => {
    if (response.status() >= 400) found.push(`response: ${response.status()} ${response.url()}`);
  });
  return found;
}
