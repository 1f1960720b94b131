import type { fileMethods, FileWish } from '@shared/contract/file-methods';
import type { StudioApi } from '@shared/contract/studio-api';
import { StudioError } from '@shared/problem';
import type { AllowedFolders } from './allowed-folders';
import { listFolder, makeSubfolder } from './folder-listing';
import type { Home } from './home';

/** Answers what a window asks about folders. */
export function fileApi(
  home: Home,
  access: AllowedFolders,
  chooseFile: ((wish: FileWish) => Promise<string | null>) | null,
): Pick<StudioApi, keyof typeof fileMethods> {
  return {
    'files.places': () => access.places(),
    'files.list': async ({ folder, endings }) => {
      // Asked first: it makes the folder of the projects where that is missing.
      const [first] = await access.places();
      return listFolder(access, folder ?? first?.path ?? home.dir, endings);
    },
    'files.make-folder': async ({ folder, name }) => ({ path: await makeSubfolder(access, folder, name) }),
    'files.choose': async (wish) => {
      if (chooseFile) return { path: await chooseFile(wish) };
      throw new StudioError({
        code: 'dialogs-none',
        message: 'This studio runs in a browser and has no dialogs of the system.',
        fix: 'Choose in the window.',
      });
    },
  };
}
