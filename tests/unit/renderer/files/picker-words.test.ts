import { expect, it } from 'vitest';
import { nameFault, pathIn, withEnding } from '@renderer/files/picker-words';

it('a name to save under gets its ending once', () => {
  expect(withEnding('save-project', 'digits')).toBe('digits.mcnproj');
  expect(withEnding('save-project', 'digits.mcnproj')).toBe('digits.mcnproj');
  expect(withEnding('dataset-folder', 'digits')).toBe('digits');
});

it.each(['', '  ', '.hidden', 'a/b', 'a\\b', 'a:b', 'a\n'])(
  '%j is no name for a file, and says why',
  (name) => {
    expect(nameFault(name)).toBeTruthy();
  },
);

it('other names are', () => {
  for (const name of ['digits', 'Größe 2', 'a.b-c_d']) expect(nameFault(name)).toBeNull();
});

it('a path in a folder has the slashes of the folder', () => {
  expect(pathIn('/home/a', 'b')).toBe('/home/a/b');
  expect(pathIn('/', 'b')).toBe('/b');
  expect(pathIn('C:\\Users', 'b')).toBe('C:\\Users\\b');
});
