import { join } from 'node:path';
import { FILE_ENDINGS, type FilePurpose, type FileWish } from '@shared/contract/file-methods';

interface Filter {
  name: string;
  extensions: string[];
}

/** The part of the options of Electron's dialogs that the studio uses. */
export interface DialogOptions {
  title: string;
  buttonLabel: string;
  defaultPath: string;
  filters: Filter[];
}

const WORDS: Readonly<Record<FilePurpose, { title: string; button: string; files: string }>> = {
  'open-project': { title: 'Open a project', button: 'Open', files: 'Projects of MCN Studio' },
  'save-project': { title: 'Save the project as', button: 'Save', files: 'Projects of MCN Studio' },
  'dataset-folder': { title: 'Choose the folder of a data set', button: 'Choose', files: '' },
  'dataset-archive': { title: 'Choose the archive of a data set', button: 'Choose', files: 'Archives' },
};

/** Options of a dialog of the system. @param projects folder to begin in when the wish names none */
export function dialogOptions({ purpose, folder, name }: FileWish, projects: string): DialogOptions {
  const { title, button, files } = WORDS[purpose];
  const extensions = (FILE_ENDINGS[purpose] ?? []).map((ending) => ending.slice(1));
  return {
    title,
    buttonLabel: button,
    defaultPath: join(folder ?? projects, name),
    filters: extensions.length === 0 ? [] : [{ name: files, extensions }],
  };
}
