import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { useFileChoiceStore } from '@renderer/stores/file-choice';
import { useLeavingStore } from '@renderer/stores/leaving';
import { useProjectStore } from '@renderer/stores/project';
import { useProjectFilesStore } from '@renderer/stores/project-files';
import { useQuestionsStore } from '@renderer/stores/questions';
import { useRecoveryStore } from '@renderer/stores/recovery';
import { useUiStore } from '@renderer/stores/ui';
import { readProjectFile } from '@main/services/project-file';
import { realStudio } from './real-studio';

/** A window with the first template open. */
function window() {
  const { home, request } = realStudio();
  const stores = {
    project: useProjectStore(),
    files: useProjectFilesStore(),
    questions: useQuestionsStore(),
    choice: useFileChoiceStore(),
    recovery: useRecoveryStore(),
    leaving: useLeavingStore(),
  };
  stores.project.openPreset('mcn-mnist-tiny');
  return { home, request, ...stores };
}

async function nameIn(path: string | null): Promise<string> {
  return (await readProjectFile(path!)).project.name;
}

async function idIn(path: string): Promise<string> {
  return (await readProjectFile(path)).project.id;
}

/** Answers the next question, and returns its title. */
async function answer(questions: ReturnType<typeof useQuestionsStore>, id: string | null): Promise<string> {
  await vi.waitFor(() => {
    expect(questions.current).not.toBeNull();
  });
  const { title } = questions.current!;
  questions.answer(id);
  return title;
}

describe('saving', () => {
  it('marks what was written as saved, and what was changed meanwhile not', async () => {
    const { project, files } = window();
    project.rename('First');
    expect(project.changes).toBe(1);
    const saving = files.save();
    project.rename('Second');
    expect(await saving).toBe(true);
    expect(await nameIn(project.path)).toBe('First');
    expect(project.dirty).toBe(true);
    expect(await files.save()).toBe(true);
    expect([project.dirty, await nameIn(project.path)]).toEqual([false, 'Second']);
    project.undo();
    expect([project.dirty, project.changes]).toEqual([true, 1]);
  });

  it.each([
    ['overwrite', true, 'Mine'],
    ['reload', false, 'Theirs'],
    [null, false, 'Theirs'],
  ])('over a file that was changed elsewhere asks: %s', async (choice, saved, inFile) => {
    const { project, files, questions } = window();
    await files.save();
    const path = project.path!;
    const theirs = readFileSync(path, 'utf8').replace(/"name": "[^"]*"/, '"name": "Theirs"');
    writeFileSync(path, theirs);
    project.rename('Mine');
    const saving = files.save();
    expect(await answer(questions, choice)).toContain('was changed elsewhere');
    expect(await saving).toBe(saved);
    expect(await nameIn(path)).toBe(inFile);
    expect(project.project!.name).toBe(choice === 'reload' ? 'Theirs' : 'Mine');
    expect(project.dirty).toBe(choice === null);
  });

  it('elsewhere instead keeps both', async () => {
    const { home, project, files, questions, choice } = window();
    await files.save();
    const first = project.path!;
    writeFileSync(first, 'not even a project');
    project.rename('Mine');
    const saving = files.save();
    await answer(questions, 'other');
    await vi.waitFor(() => {
      expect(choice.pending?.wish).toMatchObject({ purpose: 'save-project', name: 'Mine.mcnproj' });
    });
    choice.answer(join(home.projects, 'mine.mcnproj'));
    expect(await saving).toBe(true);
    expect(await nameIn(project.path)).toBe('Mine');
    expect(readFileSync(first, 'utf8')).toBe('not even a project');
  });

  it('as another file makes it a project of its own, with its history; the first file keeps the id', async () => {
    const { home, project, files, choice, request } = window();
    const { id } = project.project!;
    project.rename('First');
    await saveAs('first.mcnproj');
    const first = project.path!;
    expect(project.project!.id).toBe(id);
    project.rename('Second');
    await saveAs('second.mcnproj');
    const second = project.project!;
    expect(second.id).not.toBe(id);
    const ids = await Promise.all([first, project.path!].map(idIn));
    expect(ids).toEqual([id, second.id]);
    expect([project.dirty, project.changes]).toEqual([false, 0]);
    project.undo();
    expect(project.project).toMatchObject({ id: second.id, name: 'First' });
    expect([project.dirty, project.changes]).toEqual([true, 1]);
    project.redo();
    expect([project.dirty, project.project!.id]).toEqual([false, second.id]);
    await vi.waitFor(async () => {
      expect(await request('projects.open', { path: first })).toMatchObject({
        result: { openElsewhere: null },
      });
      expect(await request('projects.open', { path: project.path })).toMatchObject({
        result: { openElsewhere: 'another window' },
      });
    });
    await saveAs('second.mcnproj');
    expect(project.project!.id).toBe(second.id);

    async function saveAs(name: string): Promise<void> {
      const saving = files.saveAs();
      await vi.waitFor(() => {
        expect(choice.pending).not.toBeNull();
      });
      choice.answer(join(home.projects, name));
      expect(await saving).toBe(true);
    }
  });

  it('what is left goes on only when it was saved', async () => {
    const { project, files, questions, leaving } = window();
    await files.save();
    writeFileSync(project.path!, '{}');
    project.rename('Mine');
    const next = vi.fn();
    leaving.leave(next);
    leaving.answer('save');
    await answer(questions, null);
    await new Promise(setImmediate);
    expect(next).not.toHaveBeenCalled();
    leaving.leave(next);
    leaving.answer('save');
    await answer(questions, 'overwrite');
    await vi.waitFor(() => {
      expect(next).toHaveBeenCalledOnce();
    });
  });
});

describe('opening', () => {
  it.each([
    ['open', 'same', 'design'],
    ['copy', 'new', 'design'],
    [null, 'none', 'welcome'],
  ])('what another window shows asks: %s', async (choice, id, room) => {
    const { project, files, questions, request } = window();
    await files.save();
    const { path } = project;
    const original = project.project!.id;
    project.close();
    await request('projects.show', { id: original, slot: null });
    const opening = files.open(path!);
    expect(await answer(questions, choice)).toContain('is open elsewhere');
    await opening;
    expect(useUiStore().room).toBe(room);
    const found = project.project?.id;
    expect(found === undefined ? 'none' : found === original ? 'same' : 'new').toBe(id);
    expect(project.path).toBe(choice === 'open' ? path : null);
  });

  it('what was open at the last start is left to the window that shows it now', async () => {
    const { project, files, request } = window();
    await files.save();
    const { path } = project;
    const { id } = project.project!;
    project.close();
    await files.reopen(path!);
    expect(project.project?.id).toBe(id);
    project.close();
    await request('projects.show', { id, slot: null });
    await expect(files.reopen(path!)).rejects.toMatchObject({ problem: { code: 'project-elsewhere' } });
    expect(project.project).toBeNull();
  });

  it('a dropped file shows a copy that is in no file, or says what is wrong with it', async () => {
    const { project, files } = window();
    await files.save();
    const text = readFileSync(project.path!, 'utf8');
    const original = project.project!;
    await files.openDropped(new File([text], 'dropped.mcnproj'));
    expect(project.project).toEqual({ ...original, id: expect.not.stringContaining(original.id) });
    expect([project.path, project.dirty]).toEqual([null, false]);
    await expect(files.openDropped(new File(['{'], 'bad.mcnproj'))).rejects.toMatchObject({
      problem: { code: 'project-invalid', path: 'bad.mcnproj' },
    });
  });

  it('going back to the file loses the changes, once that was agreed to', async () => {
    const { project, files, questions } = window();
    await files.save();
    const saved = project.project!;
    project.rename('Changed');
    let reverting = files.revert();
    await answer(questions, null);
    await reverting;
    expect(project.project!.name).toBe('Changed');
    reverting = files.revert();
    await answer(questions, 'revert');
    await reverting;
    expect([project.project, project.dirty, project.canUndo]).toEqual([saved, false, false]);
  });

  it('a new project is empty, and a duplicate is another project', () => {
    const { project, files } = window();
    const original = project.project!;
    files.showCopy(original);
    expect(project.project).toMatchObject({ name: `${original.name} copy`, document: original.document });
    expect([project.project!.id === original.id, project.dirty]).toEqual([false, true]);
    files.createNew();
    expect(project.project!.document.nodes).toEqual([]);
    expect(project.dirty).toBe(false);
  });
});

describe('the recovery file', () => {
  const kept = (home: { recovery: string }): string[] =>
    readdirSync(home.recovery).filter((name) => name.endsWith('.mcnproj'));

  it('is written after a change, and goes when that is undone or saved', async () => {
    const { home, project, files } = window();
    project.rename('A');
    await vi.waitFor(
      () => {
        expect(kept(home)).toEqual([`${project.project!.id}.mcnproj`]);
      },
      { timeout: 10_000 },
    );
    expect(await nameIn(join(home.recovery, kept(home)[0]!))).toBe('A');
    project.undo();
    await vi.waitFor(() => {
      expect(kept(home)).toEqual([]);
    });
    project.redo();
    await vi.waitFor(
      () => {
        expect(kept(home)).toHaveLength(1);
      },
      { timeout: 10_000 },
    );
    await files.save();
    expect(kept(home)).toEqual([]);
  });

  it('of a window that is gone is shown again as unsaved changes of its file', async () => {
    const { home, project, files, recovery, request } = window();
    await files.save();
    const { path, hash } = project;
    const lost = { ...project.project!, id: 'lost', name: 'Lost' };
    await request('projects.show', { id: 'lost', slot: null });
    await request('recovery.keep', { project: lost, path, hash, changes: 3 });
    expect(await recovery.offer()).toBe(false);
    await request('projects.close', {});
    expect(await recovery.offer()).toBe(false);
    writeFileSync(join(home.recovery, 'lost.mcnproj'), JSON.stringify(lost));
    writeFileSync(join(home.recovery, 'lost.note.json'), JSON.stringify({ path, hash, changes: 3 }));
    const offering = recovery.offer();
    await vi.waitFor(() => {
      expect(recovery.offers).toMatchObject([{ name: 'Lost', changes: 3 }]);
    });
    // The button pressed twice, before the answer came.
    expect(await Promise.all([recovery.recover('lost'), recovery.recover('lost')])).toEqual([true, false]);
    expect(await offering).toBe(true);
    expect([project.project, project.path, project.dirty, project.changes]).toEqual([lost, path, true, 3]);
    expect(kept(home)).toEqual(['lost.mcnproj']);
    await files.save();
    expect([await nameIn(path), kept(home)]).toEqual(['Lost', []]);
  });
});
