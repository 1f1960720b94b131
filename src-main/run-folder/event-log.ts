import { open, readFile, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import type { TrainEvent } from '@shared/training/engine-event';
import {
  centersSchema,
  checkpointSchema,
  epochSchema,
  failedSchema,
  finishedSchema,
  noticeSchema,
  planSchema,
  stateSchema,
} from '@shared/training/engine-event';
import { errorCode } from '../files/error-code';

/** Centers as a log has them: plain numbers, so that people can read the lines. */
const loggedCentersSchema = centersSchema.extend({
  layers: z.array(
    z.object({
      node: z.string(),
      name: z.string(),
      centers: z.array(z.number()).transform((values) => Float32Array.from(values)),
    }),
  ),
});

const loggedEventSchema = z.discriminatedUnion('type', [
  planSchema,
  epochSchema,
  loggedCentersSchema,
  checkpointSchema,
  stateSchema,
  noticeSchema,
  finishedSchema,
  failedSchema,
]);

const lineSchema = z.object({ time: z.string(), event: loggedEventSchema });

/** A line of the log. */
export interface LoggedEvent {
  /** ISO 8601. */
  time: string;
  event: TrainEvent;
}

/** Whether an event belongs into the log; steps and filters have files of their own. */
export function isLogged(event: TrainEvent): boolean {
  return event.type !== 'steps' && event.type !== 'filters';
}

function lineText(time: Date, event: TrainEvent): string {
  const plain = JSON.stringify({ time: time.toISOString(), event }, (_key, value: unknown) =>
    value instanceof Float32Array ? Array.from(value) : value,
  );
  return `${plain}\n`;
}

/** Appends to events.jsonl. One writer: the engine process that holds the run's lock. */
export class EventLog {
  private constructor(private readonly file: FileHandle) {}

  /** Opens the log; a last line that a power cut left unfinished is cut off. */
  static async open(path: string): Promise<EventLog> {
    const file = await open(path, 'a+');
    const bytes = await file.readFile();
    const complete = bytes.lastIndexOf(0x0a) + 1;
    if (complete < bytes.length) await file.truncate(complete);
    return new EventLog(file);
  }

  /** @param time when it happened, which may be before it can be written */
  async append(event: TrainEvent, time: Date): Promise<void> {
    await this.file.appendFile(lineText(time, event));
  }

  /** Resolves when everything appended so far is on the disk. */
  async sync(): Promise<void> {
    await this.file.datasync();
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

function parseLine(line: string): LoggedEvent | null {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/**
 * The events of a log in order; none when there is no file. `damaged` counts lines that are no event (an unfinished last one is not
 * counted): what they said is lost, the others stand.
 */
export async function readEventLog(path: string): Promise<{ events: LoggedEvent[]; damaged: number }> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n').slice(0, -1);
  const events = lines.map(parseLine);
  const sound = events.filter((event) => event !== null);
  return { events: sound, damaged: events.length - sound.length };
}
