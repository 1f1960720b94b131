import { open, readFile, type FileHandle } from 'node:fs/promises';
import { StudioError } from '@shared/problem';
import { METRIC_COLUMNS, type MetricColumn, type MetricRows } from '@shared/training/metrics';
import { atomicWrite } from '../files/atomic-write';
import { errorCode } from '../files/error-code';

/**
 * metrics.bin, append-only:
 *
 *     8 bytes         "MCNMETR1"
 *     u32 LE          length of the column names in bytes, padded with spaces to a multiple of 8 less 4
 *     UTF-8           names of the columns, separated by commas
 *     rows            one for each step from step 0 on: a float64 LE for each column
 */
const MAGIC = 'MCNMETR1';
const VALUE_BYTES = 8;

function header(): Buffer {
  const names = METRIC_COLUMNS.join(',');
  const padded = names.padEnd(Math.ceil((names.length + 4) / VALUE_BYTES) * VALUE_BYTES - 4);
  const bytes = Buffer.alloc(MAGIC.length + 4 + padded.length);
  bytes.write(MAGIC, 0, 'latin1');
  bytes.writeUInt32LE(padded.length, MAGIC.length);
  bytes.write(padded, MAGIC.length + 4, 'utf8');
  return bytes;
}

function damaged(path: string, why: string): StudioError {
  return new StudioError({
    code: 'metrics-damaged',
    message: `${path} cannot be read: ${why}.`,
    fix: 'The curves of this run are lost; its checkpoints are not, and can be tested and exported.',
    path,
  });
}

/** Names of the columns and the byte at which the rows start. */
function readHeader(path: string, bytes: Buffer): { columns: string[]; start: number } {
  if (bytes.length < MAGIC.length + 4 || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw damaged(path, 'it is no metrics file');
  }
  const start = MAGIC.length + 4 + bytes.readUInt32LE(MAGIC.length);
  if (start > bytes.length) throw damaged(path, 'it is cut off');
  const columns = bytes
    .toString('utf8', MAGIC.length + 4, start)
    .trimEnd()
    .split(',');
  return { columns, start };
}

function rowBytes({ count, columns }: MetricRows): Uint8Array {
  const values = new Float64Array(count * METRIC_COLUMNS.length);
  for (const [column, name] of METRIC_COLUMNS.entries()) {
    for (let row = 0; row < count; row++) {
      values[row * METRIC_COLUMNS.length + column] = columns[name][row]!;
    }
  }
  return new Uint8Array(values.buffer);
}

/** Rewrites a file of an older version, which lacks columns: NaN stands in them. @throws StudioError metrics-damaged */
async function addColumns(path: string): Promise<void> {
  const { columns } = readHeader(path, await readFile(path));
  if (!columns.every((name) => METRIC_COLUMNS.some((known) => known === name))) {
    throw damaged(path, 'it has other columns than this version writes');
  }
  await atomicWrite(path, [header(), rowBytes(await readMetrics(path))]);
}

/** Appends the scalars of steps. One writer: the engine process that holds the run's lock. */
export class MetricsFile {
  private constructor(
    private readonly file: FileHandle,
    private readonly start: number,
    private readonly path: string,
  ) {}

  /**
   * Opens or makes the file and cuts off what lies past `steps`. A file of an older version gets the columns that it lacks.
   * @throws StudioError metrics-damaged when it has other columns, or fewer steps than the checkpoint that training goes on from
   */
  static async open(path: string, steps: number): Promise<MetricsFile> {
    const file = await open(path, 'a+');
    try {
      const expected = header();
      const { size } = await file.stat();
      // A power cut can leave less than the header; nothing is lost as long as there is no checkpoint that counts on rows.
      if (size < expected.length && steps === 0) {
        await file.truncate(0);
        await file.appendFile(expected);
        await file.sync();
      } else {
        const found = Buffer.alloc(Math.min(size, expected.length));
        await file.read(found, 0, found.length, 0);
        if (!found.equals(expected)) {
          await file.close();
          await addColumns(path);
          return await MetricsFile.open(path, steps);
        }
      }
      const metrics = new MetricsFile(file, expected.length, path);
      await metrics.#truncate(steps);
      return metrics;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async append(rows: MetricRows): Promise<void> {
    await this.file.appendFile(rowBytes(rows));
  }

  /** Resolves when everything appended so far is on the disk. */
  async sync(): Promise<void> {
    await this.file.datasync();
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  async #truncate(steps: number): Promise<void> {
    const end = this.start + steps * METRIC_COLUMNS.length * VALUE_BYTES;
    const { size } = await this.file.stat();
    if (size < end) throw damaged(this.path, `it ends before step ${steps}`);
    if (size > end) await this.file.truncate(end);
  }
}

/** All complete rows of a metrics file; none when there is no file. A column that the file lacks is NaN. @throws StudioError metrics-damaged */
export async function readMetrics(path: string): Promise<MetricRows> {
  const read = await readFile(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return header();
    throw damaged(path, (error as Error).message);
  });
  const bytes =
    read.length < header().length && header().subarray(0, read.length).equals(read) ? header() : read;
  const { columns, start } = readHeader(path, bytes);
  const count = Math.floor((bytes.length - start) / (columns.length * VALUE_BYTES));
  const column = (name: MetricColumn): Float64Array => {
    const place = columns.indexOf(name);
    return Float64Array.from({ length: count }, (_, row) =>
      place < 0 ? NaN : bytes.readDoubleLE(start + (row * columns.length + place) * VALUE_BYTES),
    );
  };
  const entries = METRIC_COLUMNS.map((name) => [name, column(name)]);
  return { first: 0, count, columns: Object.fromEntries(entries) as MetricRows['columns'] };
}
