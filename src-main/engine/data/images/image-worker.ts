import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { StudioError } from '@shared/problem';
import { valueCounts } from '../channel-statistics';
import { fillBatch } from '../preprocess';
import { decodeImages } from './decode-image';
import { digestFiles } from './digest-files';
import type { AnswerMessage, ImageAnswers, ImageTask, TaskMessage } from './image-task';
import { inspectImage } from './inspect-image';

/** Files that are looked at side by side. */
const AT_A_TIME = 16;

// Every image is seen once an epoch: nothing would be found in a cache.
sharp.cache(false);
sharp.concurrency(1);

async function inspect(paths: readonly string[]): Promise<Uint32Array<ArrayBuffer>> {
  const sizes = new Uint32Array(2 * paths.length);
  for (let from = 0; from < paths.length; from += AT_A_TIME) {
    const found = await Promise.allSettled(paths.slice(from, from + AT_A_TIME).map(inspectImage));
    for (const [index, one] of found.entries()) {
      if (one.status === 'rejected') throw one.reason;
      sizes.set([one.value.width, one.value.height], 2 * (from + index));
    }
  }
  return sizes;
}

async function batch(task: Extract<ImageTask, { kind: 'batch' }>): Promise<Float32Array<ArrayBuffer>> {
  const { shots, size, channels, spec, placements } = task;
  const count = shots.length;
  const pixels = new Float32Array(count * spec.height * spec.width * spec.channels);
  const images = await decodeImages(task);
  const split = { ...size, count, channels, images, labels: new Uint8Array(count) };
  const all = Uint32Array.from({ length: count }, (_, index) => index);
  fillBatch(split, all, pixels, spec, placements);
  return pixels;
}

async function work(task: ImageTask): Promise<ImageAnswers[ImageTask['kind']]> {
  switch (task.kind) {
    case 'inspect':
      return inspect(task.paths);
    case 'digest':
      return digestFiles(task.paths);
    case 'counts':
      return valueCounts(await decodeImages(task), task.channels);
    case 'batch':
      return batch(task);
  }
}

function failure(id: number, error: unknown): AnswerMessage {
  if (error instanceof StudioError) return { id, problem: error.problem };
  return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** A decoding thread: tasks come by message and are answered by message, each as soon as it is done. */
const port = parentPort!;
port.on('message', ({ id, task }: TaskMessage) => {
  work(task).then(
    (value) => {
      port.postMessage({ id, value } satisfies AnswerMessage, [value.buffer]);
    },
    (error: unknown) => {
      port.postMessage(failure(id, error));
    },
  );
});
