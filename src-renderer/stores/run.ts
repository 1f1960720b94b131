import { defineStore } from 'pinia';
import { computed, ref, shallowRef, triggerRef, watch } from 'vue';
import type { RunCommand } from '@shared/contract/engine-job';
import type { RunSnapshot } from '@shared/contract/studio-api';
import { StudioError } from '@shared/problem';
import type { Project } from '@shared/project/project';
import type { RunHistory } from '@shared/training/run-history';
import { studio } from '../bridge';
import { remainingSeconds } from './remaining-seconds';
import { RunFeed } from './run-feed';
import { isActive, useRunsStore } from './runs';
import { useToastsStore } from './toasts';

/**
 * The one current run, of which Train, Filters and Export speak. Its history is not deeply reactive: it is folded in place as events come.
 * At most once per animation frame `history` triggers what reads it and `version` rises, for what wants to watch a number.
 */
export const useRunStore = defineStore('run', () => {
  const runs = useRunsStore();
  const toasts = useToastsStore();

  const id = ref<string | null>(null);
  /** Where `history` comes from. It stays in sight while a subscription begins again. */
  const feed = shallowRef<RunFeed | null>(null);
  /** What takes its place as soon as its subscription is answered. */
  let coming: RunFeed | null = null;
  const snapshot = shallowRef<RunSnapshot | null>(null);
  /** Changed in place; triggered together with `version`. */
  const history = shallowRef<RunHistory | null>(null);
  const version = ref(0);
  let frame: number | null = null;

  const summary = computed(() =>
    id.value === null ? null : (runs.find(id.value) ?? snapshot.value?.summary ?? null),
  );
  /** As the history has it, which is ahead of the summary; null without a run. */
  const state = computed(() => history.value?.state ?? summary.value?.state ?? null);
  /** Seconds that training still takes; null when nobody can say. */
  const eta = computed(() => (history.value ? remainingSeconds(history.value) : null));
  /** 0 to 1; null before the plan is known. */
  const progress = computed(() => {
    const plan = history.value?.plan;
    return history.value && plan ? history.value.step / Math.max(1, plan.totalSteps) : null;
  });
  const active = computed(() => state.value !== null && isActive(state.value));
  /** Why the run stands still, when it did not end as it should. */
  const failure = computed(() => history.value?.failure ?? null);
  const canResume = computed(
    () =>
      state.value === 'paused' ||
      (summary.value?.hasCheckpoint === true &&
        (state.value === 'stopped' || state.value === 'failed' || state.value === 'interrupted')),
  );

  function show(): void {
    history.value = feed.value?.history ?? null;
    triggerRef(history);
    version.value++;
  }

  function redraw(): void {
    frame ??= requestAnimationFrame(() => {
      frame = null;
      show();
    });
  }

  studio.onNotification('run.event', (message) => {
    const current = coming ?? feed.value;
    if (!current || message.run !== current.run) return;
    if (current.take(message, Date.now())) redraw();
    else void toasts.attempt(() => subscribe(current.run));
  });

  watch(studio.connection, (now, before) => {
    if (now !== 'open' || before !== 'lost') return;
    void toasts.attempt(async () => {
      await runs.load();
      if (id.value !== null) await subscribe(id.value);
    });
  });

  /** Subscribes afresh; what was seen of the run before stays until the answer is there. */
  async function subscribe(run: string): Promise<void> {
    const next = new RunFeed(run);
    coming = next;
    let answer: RunSnapshot;
    try {
      answer = await studio.request('runs.subscribe', { run });
    } catch (error) {
      if (coming === next) coming = null;
      throw error;
    }
    if (coming !== next) {
      // Another run was chosen meanwhile, and was told to end this subscription before it had begun.
      if (id.value !== run) await unsubscribe(run);
      return;
    }
    if (!next.begin(answer, Date.now())) {
      await subscribe(run);
      return;
    }
    coming = null;
    feed.value = next;
    snapshot.value = answer;
    show();
  }

  async function unsubscribe(run: string): Promise<void> {
    await studio.request('runs.unsubscribe', { run });
  }

  /**
   * Makes a run the current one, or none. One that could not be read stays the current one without a history; choosing it again tries again.
   * @throws StudioError when the run cannot be read
   */
  async function select(run: string | null): Promise<void> {
    const before = id.value;
    if (run === before && (run === null || feed.value || coming)) return;
    id.value = run;
    feed.value = null;
    coming = null;
    snapshot.value = null;
    show();
    await Promise.all([
      before === null || before === run ? undefined : unsubscribe(before),
      run === null ? undefined : subscribe(run),
    ]);
  }

  /** Starts training a project and makes that run the current one. @throws StudioError when the studio refuses it */
  async function start(project: Project): Promise<void> {
    const { name, document, family, dataset, training } = project;
    const answer = await studio.request('runs.start', {
      name,
      projectId: project.id,
      document,
      family,
      dataset,
      settings: training,
    });
    await select(answer.run);
  }

  function currentId(): string {
    if (id.value !== null) return id.value;
    throw new StudioError({ code: 'no-run', message: 'No run is chosen.', fix: 'Start one in Train.' });
  }

  /** Tells the run's process; what it does follows as events. @throws StudioError run-not-running */
  async function command(what: RunCommand): Promise<void> {
    await studio.request('runs.command', { run: currentId(), command: what });
  }

  /** Goes on: a paused run at once, any other in a new process from its last checkpoint. @throws StudioError */
  async function resume(): Promise<void> {
    if (state.value === 'paused') await command('resume');
    else await studio.request('runs.resume', { run: currentId() });
  }

  return {
    id,
    summary,
    network: computed(() => snapshot.value?.network ?? null),
    settings: computed(() => snapshot.value?.settings ?? null),
    history,
    version,
    state,
    eta,
    progress,
    active,
    failure,
    canResume,
    select,
    start,
    command,
    resume,
    /** When an entry of the history came, in milliseconds; null for what was there before this window looked. */
    arrivedAt: (entry: object) => feed.value?.arrivedAt(entry) ?? null,
  };
});
