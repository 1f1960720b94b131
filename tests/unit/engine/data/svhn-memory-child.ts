import { createHash } from 'node:crypto';
import { openDataFile } from '@main/engine/data/data-file';
import { readSvhnFile } from '@main/engine/data/svhn-file';

/** A program of its own: reads one file of SVHN and prints what it found and how far its memory rose meanwhile, in bytes. */
const before = process.memoryUsage.rss();
const { count, images, labels } = await readSvhnFile(await openDataFile(process.argv[2]!));
const extra = process.resourceUsage().maxRSS * 1024 - before;
const sha256 = createHash('sha256').update(images).update(labels).digest('hex');
process.stdout.write(JSON.stringify({ count, extra, sha256 }));
