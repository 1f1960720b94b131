import { fileURLToPath } from 'node:url';

/** Where the built studio finds its own parts; this file ends up in out/main or out/main/chunks. */
export interface Places {
  /** The built engine, started as a process of its own. */
  engineEntry: string;
  /** Built files of the window. */
  rendererDir: string;
  /** Bundled data. */
  resourcesDir: string;
}

/** @param entry import.meta.url of a shell's entry in out/main */
export function placesBeside(entry: string): Places {
  const at = (path: string): string => fileURLToPath(new URL(path, entry));
  return {
    engineEntry: at('engine.js'),
    rendererDir: at('../renderer'),
    resourcesDir: at('../../resources'),
  };
}
