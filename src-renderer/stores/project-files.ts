import { defineStore } from 'pinia';
import { StudioError } from '@shared/problem';
import { PROJECT_SUFFIX, type Project } from '@shared/project/project';
import { readProject } from '@shared/project/read-project';
import { counted } from '@shared/words/format-count';
import { studio } from '../bridge';
import { useFileChoiceStore } from './file-choice';
import { copyOf, emptyProject } from './new-project';
import { useProjectStore } from './project';
import { useQuestionsStore } from './questions';
import { useStudioStore } from './studio';
import { problemOf, useToastsStore } from './toasts';
import { useUiStore, type Room } from './ui';

/** The largest file that is read in the window itself; the studio refuses larger ones, too. */
const MAX_BYTES = 50e6;

/** The last part of a path, with either kind of slash. */
function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(1, path.length - fileName(path).length - 1));
}

/** Project files: opening, saving, and what is asked before something is lost. What replaces the open project goes through stores/leaving.ts. */
export const useProjectFilesStore = defineStore('project-files', () => {
  const store = useProjectStore();
  const studioStore = useStudioStore();
  const questions = useQuestionsStore();
  const choice = useFileChoiceStore();
  const toasts = useToastsStore();
  const ui = useUiStore();

  let saving: { project: Project; done: Promise<boolean> } | null = null;

  function current(): Project {
    if (store.project) return store.project;
    throw new StudioError({
      code: 'no-project',
      message: 'No project is open.',
      fix: 'Open a template first.',
    });
  }

  /** Nobody waits for the list of recent projects: Welcome shows it. */
  function refreshRecent(): void {
    void toasts.attempt(studioStore.loadRecent);
  }

  /**
   * Opens a file in a room (null: in the one that is shown). One that another window shows is asked about, and not opened if that is the
   * answer.
   * @throws StudioError when it cannot be read; the open project then stays
   */
  async function open(file: string, room: Room | null = 'design'): Promise<void> {
    const { project, path, hash, openElsewhere } = await studio.request('projects.open', { path: file });
    const answer = openElsewhere === null ? 'open' : await askSharing(project.name, openElsewhere);
    refreshRecent();
    if (answer === null) return;
    if (answer === 'copy') store.show(copyOf(project), null);
    else store.show(project, { path, hash });
    // At once: otherwise the room before would be drawn with the project first.
    if (room !== null) ui.goTo(room);
  }

  /**
   * Opens the file that was open at the last start, unless another window shows it: nobody asked for it now.
   * @throws StudioError when it cannot be read; project-elsewhere
   */
  async function reopen(file: string): Promise<void> {
    const { project, path, hash, openElsewhere } = await studio.request('projects.open', { path: file });
    if (openElsewhere !== null) {
      throw new StudioError({
        code: 'project-elsewhere',
        message: `${project.name} is open in ${openElsewhere}, and was not opened here, too.`,
        fix: 'Open it from Welcome to have it in both.',
        severity: 'hint',
      });
    }
    store.show(project, { path, hash });
    refreshRecent();
  }

  function askSharing(name: string, who: string): Promise<'copy' | 'open' | null> {
    return questions.ask({
      title: `${name} is open elsewhere`,
      text: `The project, or a copy of it, is open in ${who}. Both can change it; whoever saves later is asked before the other’s changes are replaced.`,
      answers: [
        { id: 'copy', label: 'Open a copy', kind: 'plain' },
        { id: 'open', label: 'Open it here, too', kind: 'primary' },
      ],
    });
  }

  /** Asks for a file. @throws as choose() does */
  function chooseToOpen(): Promise<string | null> {
    const folder = store.path === null ? null : folderOf(store.path);
    return choice.choose({ purpose: 'open-project', folder, name: '' });
  }

  /** Shows what was dropped into a browser, which tells no place, in Design: as a copy that is in no file. @throws StudioError those of readProject */
  async function openDropped(file: File): Promise<void> {
    if (file.size > MAX_BYTES) {
      throw new StudioError({
        code: 'project-too-large',
        message: `${file.name} is larger than any project.`,
        fix: `Drop a ${PROJECT_SUFFIX} file.`,
      });
    }
    const read = readProject(await file.text(), file.name);
    if (!read.ok) throw new StudioError(read.problems[0]!);
    store.show(copyOf(read.value), null);
    ui.goTo('design');
  }

  function createNew(): void {
    store.show(emptyProject(), null);
  }

  /** Shows a copy, which is in no file yet. */
  function showCopy(project: Project): void {
    store.show(copyOf(project, `${project.name} copy`), null, 0);
  }

  /**
   * Writes the project to its file, or to a new one in the home folder; one write at a time. What is asked for meanwhile is answered with
   * that write, or by one more after it when the project was changed since. False: the person decided not to.
   * @throws StudioError when it cannot be written
   */
  async function save(): Promise<boolean> {
    const wanted = current();
    const { shown } = store;
    if (saving && saving.project !== wanted) {
      await saving.done.catch(() => undefined);
      return store.shown === shown ? save() : true;
    }
    saving ??= { project: wanted, done: writeOrAsk(wanted).finally(() => (saving = null)) };
    return saving.done;
  }

  async function writeOrAsk(wanted: Project): Promise<boolean> {
    try {
      await write(wanted, store.path, store.hash, false);
      return true;
    } catch (error) {
      const { code } = problemOf(error);
      if (store.path === null || (code !== 'project-changed' && code !== 'project-exists')) throw error;
      return settle(wanted, store.path);
    }
  }

  /** The file is not what was read here any more. */
  async function settle(wanted: Project, path: string): Promise<boolean> {
    const answer = await questions.ask({
      title: `${fileName(path)} was changed elsewhere`,
      text: 'Another window or program wrote to it since it was read here. Save your version under another name to keep both, overwrite what is there now, or reload the file and lose your changes.',
      answers: [
        { id: 'reload', label: 'Reload', kind: 'danger' },
        { id: 'overwrite', label: 'Overwrite', kind: 'danger' },
        { id: 'other', label: 'Save as…', kind: 'primary' },
      ],
    });
    if (answer === 'other') return saveAs();
    if (answer === 'reload') await open(path, null);
    if (answer !== 'overwrite') return false;
    await write(wanted, path, null, true);
    return true;
  }

  async function write(
    written: Project,
    path: string | null,
    hash: string | null,
    overwrite: boolean,
  ): Promise<void> {
    const { identity } = store;
    const file = await studio.request('projects.save', { project: written, path, hash, overwrite });
    // Another project may have been opened meanwhile.
    if (store.identity === identity) store.markSaved(written, file);
    refreshRecent();
  }

  /** Writes what is shown as a project of its own, so that runs and recovery files tell it from the one in the file before. */
  async function writeAsAnother(path: string, overwrite: boolean): Promise<void> {
    const { identity } = store;
    const written = current();
    const id = crypto.randomUUID();
    const project = { ...written, id };
    const file = await studio.request('projects.save', { project, path, hash: null, overwrite });
    if (store.identity === identity) store.markSavedAs(written, id, file);
    refreshRecent();
  }

  /**
   * Writes the project to a file of the person's choice, which is its file from then on. Where it lay in another one, that one keeps the
   * id and what is written has a new one. False: none was chosen.
   * @throws as save() does
   */
  async function saveAs(): Promise<boolean> {
    const { name } = current();
    const plain = name.replace(/[\p{Cc}/\\:*?"<>|]/gu, ' ').trim();
    const chosen = await choice.choose({
      purpose: 'save-project',
      folder: store.path === null ? null : folderOf(store.path),
      name: `${plain || 'project'}${PROJECT_SUFFIX}`,
    });
    if (chosen === null) return false;
    const whole = chosen.endsWith(PROJECT_SUFFIX);
    const path = whole ? chosen : `${chosen}${PROJECT_SUFFIX}`;
    // Of a name that was completed here, nobody was asked whether it may be replaced.
    if (store.path === null || store.path === path) await write(current(), path, null, whole);
    else await writeAsAnother(path, whole);
    return true;
  }

  /** Takes the project as its file has it, once the person agreed. @throws StudioError when the file cannot be read */
  async function revert(): Promise<void> {
    const { name } = current();
    if (store.path === null) return;
    const answer = await questions.ask({
      title: `Revert ${name} to its file?`,
      text: `${counted(store.changes, 'change')} since it was saved will be lost, and undo begins anew.`,
      answers: [{ id: 'revert', label: 'Revert', kind: 'danger' }],
    });
    if (answer === null) return;
    const { project, path, hash } = await studio.request('projects.open', { path: store.path });
    store.show(project, { path, hash });
  }

  return { open, reopen, chooseToOpen, openDropped, createNew, showCopy, save, saveAs, revert };
});
