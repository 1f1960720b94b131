import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '@shared/problem';
import { chooseClasses, type ClassChoice } from './class-choice';

/** The folders of test images, in the order in which they are looked for: ImageNet's own "test" has no labels. */
export const TEST_FOLDERS = ['val', 'test'] as const;

/** The image files of a part of a set: paths below the set's folder, class by class, each class sorted by name. */
export interface ListedPart {
  readonly files: readonly string[];
  /** [files], indices into the classes. */
  readonly labels: Uint16Array;
  /** SHA-256 of the lines "path, zero byte, size in bytes, line feed" of all files, in order. */
  readonly sha256: string;
}

/** What lies in a folder of images. */
export interface ImageListing {
  readonly classes: readonly string[];
  readonly train: ListedPart;
  readonly test: ListedPart;
  /** Name of the folder with the test images. */
  readonly testFolder: string;
}

const IMAGE = /\.(jpe?g|png)$/i;
/** What file managers leave behind. */
const LITTER = /^(\..*|Thumbs\.db|desktop\.ini)$/i;

function refuse(code: string, path: string, message: string, fix: string): never {
  throw new StudioError({ code, message: `${path} ${message}`, fix, path });
}

const LAYOUT = 'A folder of images has train/CLASS/*.jpg (or .png), and val or test with the same classes.';

async function namesIn(dir: string, kind: 'folder' | 'file'): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((error: unknown) => {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return refuse(
      'images-unreadable',
      dir,
      `cannot be read (${reason}).`,
      'Name a folder that you may read.',
    );
  });
  const found: string[] = [];
  for (const entry of entries) {
    if (LITTER.test(entry.name)) continue;
    const link = entry.isSymbolicLink() ? await stat(join(dir, entry.name)).catch(() => entry) : entry;
    if (kind === 'folder' ? link.isDirectory() : true) found.push(entry.name);
    if (kind === 'file' && !link.isFile()) {
      refuse('images-not-image', join(dir, entry.name), 'is no image file.', 'Take it out of the class.');
    }
  }
  return found.sort();
}

async function listPart(root: string, part: string, classes: readonly string[]): Promise<ListedPart> {
  const files: string[] = [];
  const labels: number[] = [];
  const hash = createHash('sha256');
  for (const [label, name] of classes.entries()) {
    const dir = join(root, part, name);
    const images = await namesIn(dir, 'file');
    if (images.length === 0) {
      refuse(
        'images-class-empty',
        dir,
        'holds no image.',
        'Put images in, or take the class out everywhere.',
      );
    }
    for (const image of images) {
      const file = join(dir, image);
      if (!IMAGE.test(image)) {
        const fix = 'JPEG (.jpg, .jpeg) and PNG (.png) are read: convert the file, or take it out.';
        refuse('images-not-image', file, 'is no image file that is read.', fix);
      }
      const path = `${part}/${name}/${image}`;
      hash.update(`${path}\0${(await stat(file)).size}\n`);
      files.push(path);
      labels.push(label);
    }
  }
  return { files, labels: Uint16Array.from(labels), sha256: hash.digest('hex') };
}

/** Whether a folder can only be meant as one of images: it has a folder train, val or test, or nothing but folders. */
export async function isImageFolder(dir: string): Promise<boolean> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
  const parts = ['train', ...TEST_FOLDERS] as readonly string[];
  return (
    folders.some(({ name }) => parts.includes(name)) ||
    (folders.length > 0 && folders.length === entries.length)
  );
}

/**
 * Lists train/CLASS/* and val/CLASS/* (or test/CLASS/*) of the chosen classes. Opens no file.
 *
 * @throws StudioError images-no-train, images-no-test, images-classes, images-classes-differ, images-class-empty,
 *   images-not-image, images-unreadable
 */
export async function listImages(root: string, choice: ClassChoice): Promise<ImageListing> {
  const parts = await namesIn(root, 'folder');
  if (!parts.includes('train')) refuse('images-no-train', root, 'has no folder train.', LAYOUT);
  const testFolder = TEST_FOLDERS.find((name) => parts.includes(name));
  if (!testFolder) return refuse('images-no-test', root, 'has neither a folder val nor test.', LAYOUT);
  const trained = await namesIn(join(root, 'train'), 'folder');
  const classes = chooseClasses(join(root, 'train'), trained, choice);
  const tested = await namesIn(join(root, testFolder), 'folder');
  const unknown = tested.find((name) => !trained.includes(name));
  if (unknown !== undefined) {
    refuse(
      'images-classes-differ',
      join(root, testFolder, unknown),
      'has no class of its name in train.',
      LAYOUT,
    );
  }
  const missing = classes.find((name) => !tested.includes(name));
  if (missing !== undefined) {
    refuse('images-classes-differ', join(root, testFolder), `has no folder of the class ${missing}.`, LAYOUT);
  }
  return {
    classes,
    testFolder,
    train: await listPart(root, 'train', classes),
    test: await listPart(root, testFolder, classes),
  };
}
