import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Places inside the home folder (architecture.md, "Home, project, run"). */
export interface Home {
  dir: string;
  runs: string;
  projects: string;
  /** Unsaved changes of projects, and which windows have them. */
  recovery: string;
  /** Known data sets that do not come with the studio, each in a folder of its name. */
  data: string;
  /** Data sets that lie elsewhere. */
  datasets: string;
  recentProjects: string;
  /** What the trials of the devices found. */
  measuredDevices: string;
  /** Runs that lie elsewhere. */
  registeredRuns: string;
}

function platformDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'MCN Studio');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'MCN Studio');
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'mcn-studio');
}

/** The home folder: as given, else MCN_STUDIO_HOME, else the platform's place for application data. Nothing is made here. */
export function locateHome(given: string | undefined, env = process.env, platform = process.platform): Home {
  const dir = resolve(given ?? env.MCN_STUDIO_HOME ?? platformDir(env, platform));
  return {
    dir,
    runs: join(dir, 'runs'),
    projects: join(dir, 'projects'),
    recovery: join(dir, 'recovery'),
    data: join(dir, 'data'),
    datasets: join(dir, 'datasets.json'),
    recentProjects: join(dir, 'recent-projects.json'),
    measuredDevices: join(dir, 'measured-devices.json'),
    registeredRuns: join(dir, 'registered-runs.json'),
  };
}
