import { spawn } from 'node:child_process';

function opener(url: string): [command: string, args: string[]] | null {
  if (process.platform === 'darwin') return ['open', [url]];
  if (process.platform === 'win32') return ['cmd', ['/c', 'start', '', url]];
  const display = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  return display ? ['xdg-open', [url]] : null;
}

/** Opens the default browser where there is a display; the address was printed, so a failure costs nothing but a click. */
export function openInBrowser(url: string): void {
  const found = opener(url);
  if (!found) return;
  const child = spawn(found[0], found[1], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
