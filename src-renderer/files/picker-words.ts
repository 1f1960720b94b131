import { FILE_ENDINGS, type FilePurpose } from '@shared/contract/file-methods';

/** What the dialog says for each purpose. */
export interface PickerWords {
  title: string;
  /** The button that ends it. */
  button: string;
  /** Where a folder holds nothing to choose. */
  empty: string;
}

export const PICKER_WORDS: Readonly<Record<FilePurpose, PickerWords>> = {
  'open-project': {
    title: 'Open a project',
    button: 'Open',
    empty: 'No folder and no project is in this folder.',
  },
  'save-project': {
    title: 'Save the project as',
    button: 'Save',
    empty: 'No folder and no project is in this folder yet.',
  },
  'dataset-folder': {
    title: 'Choose the folder of a data set',
    button: 'Choose this folder',
    empty: 'No folder is in this folder.',
  },
  'dataset-archive': {
    title: 'Choose the archive of a data set',
    button: 'Choose',
    empty: 'No folder and no archive (.tar.gz) is in this folder.',
  },
};

/** A file name with the ending that its purpose asks for. */
export function withEnding(purpose: FilePurpose, name: string): string {
  const [ending] = FILE_ENDINGS[purpose] ?? [];
  return ending === undefined || name.endsWith(ending) ? name : `${name}${ending}`;
}

/** Why a file cannot have this name; null: it can. */
export function nameFault(name: string): string | null {
  if (name.trim() === '') return 'Type a name.';
  if (name.startsWith('.')) return 'A name must not begin with a dot.';
  if (/[\p{Cc}/\\:*?"<>|]/u.test(name)) return 'A name must not hold / \\ : * ? " < > |';
  return null;
}

/** A path of an entry of a folder, with the kind of slash that the folder's path has. */
export function pathIn(folder: string, name: string): string {
  const slash = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(slash) ? `${folder}${name}` : `${folder}${slash}${name}`;
}
