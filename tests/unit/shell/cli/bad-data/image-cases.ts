import { plainPng, painted, smallFolder } from '../../../engine/data/images/image-fixture';
import { changed, cut, WEB_PAGE, type BadCase, type Demand, type Files } from './bad-case';

/** A network for smallFolder. */
export const imageDemand: Demand = { height: 8, width: 8, color: 'rgb', classes: 2 };

/** Files, what the message says, and what is not usual about network or settings. */
type Fault = [
  name: string,
  files: Files,
  says: string[],
  unusual?: Pick<BadCase, 'settings'> & { demand?: Partial<Demand> },
];

/** Some of the files. */
function keep(files: Files, wanted: (path: string) => boolean): Files {
  return Object.fromEntries(Object.entries(files).filter(([path]) => wanted(path)));
}

/** Faults of a folder of images. */
export async function imageCases(): Promise<BadCase[]> {
  const good: Files = await smallFolder();
  const photo = await painted(20, 20, (x, y) => [x * 12, y * 12, 90])
    .jpeg()
    .toBuffer();
  const png = good['train/red/1.png']!;
  const blank = await plainPng(12, 10, [0, 0, 0]);
  const faults: Fault[] = [
    [
      'a truncated PNG',
      changed(good, { 'train/red/1.png': cut(png, 30) }),
      ['train/red/1.png', 'ends too soon'],
    ],
    [
      'a truncated JPEG',
      changed(good, { 'train/red/7.jpg': cut(photo, 200) }),
      ['train/red/7.jpg', 'ends too soon'],
    ],
    [
      'a truncated test image',
      changed(good, { 'val/blue/1.png': cut(png, 30) }),
      ['val/blue/1.png', 'ends too soon'],
    ],
    ['an empty file', changed(good, { 'train/blue/0.png': new Uint8Array() }), ['train/blue/0.png is empty']],
    [
      'a web page named .jpg',
      changed(good, { 'train/red/x.jpg': WEB_PAGE }),
      ['train/red/x.jpg is neither JPEG nor PNG'],
    ],
    [
      'a file that is no image',
      changed(good, { 'train/red/notes.txt': WEB_PAGE }),
      ['train/red/notes.txt is no image file'],
    ],
    [
      'a folder among images',
      changed(good, { 'train/red/more.png': null }),
      ['train/red/more.png is no image file'],
    ],
    [
      'an empty class',
      changed(
        keep(good, (path) => !path.startsWith('train/red')),
        { 'train/red': null },
      ),
      ['train/red holds no image'],
    ],
    [
      'an empty class in the tests',
      changed(
        keep(good, (path) => !path.startsWith('val/red')),
        { 'val/red': null },
      ),
      ['val/red holds no image'],
    ],
    [
      'a class without tests',
      keep(good, (path) => !path.startsWith('val/red')),
      ['val has no folder of the class red'],
    ],
    [
      'a class only in the tests',
      changed(good, { 'val/green/0.png': png }),
      ['val/green has no class of its name in train'],
    ],
    ['one class', keep(good, (path) => path.includes('/red/')), ['train gives a single class']],
    ['no training images', keep(good, (path) => path.startsWith('val')), ['has no folder train']],
    ['no test images', keep(good, (path) => path.startsWith('train')), ['has neither a folder val nor test']],
    [
      'sizes that differ',
      good,
      ['train/blue/1.png is 10×13 pixels', 'must have one size'],
      { settings: { imageFit: 'stored' } },
    ],
    [
      'blank images',
      Object.fromEntries(Object.keys(good).map((path) => [path, blank])),
      ['the same value everywhere'],
    ],
    ['a network of 10 classes', good, ['tells 10 classes apart', 'has 2'], { demand: { classes: 10 } }],
    [
      'a class that is not there',
      good,
      ['train has no class green'],
      { settings: { classList: 'red, green' } },
    ],
    ['more classes drawn than there are', good, ['3 cannot be drawn'], { settings: { classDraw: 3 } }],
    [
      "ImageNet's statistics for gray",
      good,
      ["ImageNet's statistics"],
      { settings: { imageStatistics: 'imagenet' }, demand: { color: 'gray' } },
    ],
  ];
  return faults.map(([name, files, says, unusual]) => ({
    name: `image folder: ${name}`,
    files,
    demand: { ...imageDemand, ...unusual?.demand },
    settings: unusual?.settings ?? {},
    says,
  }));
}
