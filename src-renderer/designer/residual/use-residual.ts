import {
  computed,
  inject,
  provide,
  ref,
  shallowRef,
  watch,
  type ComputedRef,
  type InjectionKey,
  type Ref,
} from 'vue';
import type { GraphDocument } from '@shared/graph/document';
import { lower } from '@shared/network/lower';
import { profile, type NodeCost } from '@shared/network/profile';
import type { CustomPart } from '@shared/network/residual/custom-parts';
import { readResidualFamily, type ResidualFamily } from '@shared/network/residual/residual-family';
import { problemText, type Problem } from '@shared/problem';
import { useCommand } from '../../stores/commands';
import { useProjectStore } from '../../stores/project';
import type { Designer } from '../state/use-designer';
import type { ResidualPlan } from './plan-residual';
import {
  beginSession,
  blocksWish,
  factorWish,
  goesOn,
  planTurn,
  turned,
  widthWish,
  type ResidualSession,
  type Wish,
} from './residual-session';

/** A change that waits for a word, because it would lose parts made by hand. */
export interface PendingChange {
  wish: Wish;
  plan: ResidualPlan;
}

/** Totals before and after what the knobs do. */
export interface ResidualTotals {
  before: NodeCost | null;
  after: NodeCost | null;
}

/** Width and depth of the open design as a residual network. */
export interface Residual {
  /** null: it is none. */
  family: ComputedRef<ResidualFamily | null>;
  /** Why a design that nearly is one cannot be changed so. */
  problem: ComputedRef<Problem | null>;
  /** k as it was asked for last, or as it is. */
  factor: ComputedRef<number>;
  /** Why the last change was not made. */
  refusal: Ref<Problem | null>;
  pending: Ref<PendingChange | null>;
  totals: ComputedRef<ResidualTotals>;
  /** Rises when boxes should show what holds again. */
  resets: Ref<number>;
  setFactor(factor: number): void;
  setStem(maps: number): void;
  setWidth(stage: number, maps: number): void;
  setDepth(blocks: number): void;
  /** One block more or less in every stage, which keeps what they differ by. */
  stepDepth(by: 1 | -1): void;
  setBlocks(stage: number, blocks: number): void;
  /** Makes the change that waits, losing what it loses. */
  confirm(): void;
  /** Drops the change that waits. */
  keep(): void;
}

const residualKey: InjectionKey<Residual> = Symbol('residual');

/** The knobs of the room around. @throws Error outside of it */
export function useResidual(): Residual {
  const residual = inject(residualKey);
  if (!residual) throw new Error('useResidual belongs inside the Design room');
  return residual;
}

function totalOf(document: GraphDocument, family: Parameters<typeof lower>[1]): NodeCost | null {
  const { network } = lower(document, family);
  return network && profile(network).total;
}

/** Makes the knobs for width and depth, and their command. Each turn is one step of undo, joined while one knob is turned. */
export function provideResidual({ document, selection, callInspector }: Designer): Residual {
  const store = useProjectStore();
  /** With the design that came of it: what else changes that ends the session. */
  const last = shallowRef<{ session: ResidualSession; result: GraphDocument } | null>(null);
  const pending = shallowRef<PendingChange | null>(null);
  const refusal = shallowRef<Problem | null>(null);
  const resets = ref(0);

  const reading = computed(() => (store.lowered ? readResidualFamily(document.value, store.lowered) : null));
  const family = computed(() => (reading.value && 'family' in reading.value ? reading.value.family : null));
  const problem = computed(() =>
    reading.value && 'problem' in reading.value ? reading.value.problem : null,
  );
  const running = computed(() => (last.value?.result === document.value ? last.value.session : null));

  watch(document, () => {
    pending.value = null;
    refusal.value = null;
  });

  /** The session that a turn goes on with, or a new one. */
  function sessionFor(wish: Wish): ResidualSession | null {
    if (running.value && goesOn(running.value, wish)) return running.value;
    return family.value && beginSession(document.value, family.value);
  }

  function apply(wish: Wish, plan: ResidualPlan): void {
    const before = sessionFor(wish);
    if (!before) return;
    const { session, edit } = turned(before, wish, plan);
    if (edit) store.apply(edit, `residual.${wish.label}`);
    last.value = { session, result: document.value };
  }

  function turn(wish: Wish): void {
    const session = sessionFor(wish);
    if (!session) return;
    if (pending.value && pending.value.wish.label !== wish.label) resets.value += 1;
    pending.value = null;
    refusal.value = null;
    const plan = planTurn(session, wish);
    if (!plan.ok) refusal.value = plan.problems[0]!;
    else if (plan.value.lost.some(isThere)) pending.value = { wish, plan: plan.value };
    else apply(wish, plan.value);
  }

  /** What an earlier turn has lost, nobody is asked about again. */
  function isThere({ node }: CustomPart): boolean {
    return document.value.nodes.some(({ id }) => id === node);
  }

  const nameOf = (stage: number): string => family.value?.stages[stage]?.name.toLowerCase() ?? 'a stage';

  const totals = computed((): ResidualTotals => {
    const now = store.profile?.total ?? null;
    if (pending.value) return { before: now, after: totalOf(pending.value.plan.document, store.family) };
    return { before: running.value && totalOf(running.value.base, store.family), after: now };
  });

  useCommand(
    'design.width-depth',
    () => {
      selection.clear();
      callInspector();
    },
    () => {
      if (family.value) return null;
      return problem.value ? problemText(problem.value) : 'This design is no residual network.';
    },
  );

  const residual: Residual = {
    family,
    problem,
    factor: computed(() => running.value?.factor ?? Number((family.value?.factor ?? 1).toFixed(4))),
    refusal,
    pending,
    totals,
    resets,
    setFactor: (factor) => {
      turn(factorWish(factor));
    },
    setStem: (maps) => {
      turn(widthWish('the stem', (widths) => ({ ...widths, stem: maps })));
    },
    setWidth: (stage, maps) => {
      turn(widthWish(nameOf(stage), ({ stem, stages }) => ({ stem, stages: stages.with(stage, maps) })));
    },
    setDepth: (count) => {
      turn(blocksWish('Depth', () => count));
    },
    stepDepth: (by) => {
      turn(blocksWish('Depth', (count) => Math.max(1, count + by)));
    },
    setBlocks: (stage, count) => {
      const label = `Blocks of ${nameOf(stage)}`;
      turn(blocksWish(label, (before, index) => (index === stage ? count : before)));
    },
    confirm: () => {
      const waiting = pending.value;
      if (!waiting) return;
      pending.value = null;
      apply(waiting.wish, waiting.plan);
    },
    keep: () => {
      pending.value = null;
      refusal.value = null;
      resets.value += 1;
    },
  };
  provide(residualKey, residual);
  return residual;
}
