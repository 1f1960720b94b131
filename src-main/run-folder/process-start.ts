import { readFile } from 'node:fs/promises';

/**
 * When a process started, as a text that no other process of the same number shares; null when there is no such process. Where the
 * system does not tell (everywhere but Linux), "unknown" for every living process.
 */
export async function processStart(pid: number): Promise<string | null> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return null;
  }
  if (process.platform !== 'linux') return 'unknown';
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    // A zombie computes nothing any more; field 22 of the line is the start time in clock ticks since boot.
    return state === 'Z' || state === 'X' ? null : fields[19]!;
  } catch {
    return null;
  }
}
