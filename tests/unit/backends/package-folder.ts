import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageFolder } from '@main/backends/load-package';

/** A folder of its own with the packages that are put there and no others. */
export class PackageFolder {
  readonly dir = mkdtempSync(join(tmpdir(), 'mcn-packages-'));
  /** A module that looks for its packages there. */
  readonly from = pathToFileURL(join(this.dir, 'module.js')).href;

  /** Puts a package there; files by path. Returns its folder. */
  install(name: string, files: Record<string, string>): string {
    const folder = this.#place(name);
    for (const [path, text] of Object.entries({ 'package.json': '{"version":"1.2.3"}', ...files })) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return folder;
  }

  /** Puts one of the studio's own packages there. */
  link(name: string): void {
    const place = this.#place(name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(packageFolder(name, import.meta.url), place);
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  #place(name: string): string {
    return join(this.dir, 'node_modules', name);
  }
}
