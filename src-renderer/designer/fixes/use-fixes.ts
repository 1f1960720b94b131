import { computed, type ComputedRef } from 'vue';
import type { GraphDocument } from '@shared/graph/document';
import { inheritedPlanes } from '@shared/network/lower';
import type { FixSearch } from '../../stores/fixes';
import { useProjectStore } from '../../stores/project';
import { useDesigner } from '../state/use-designer';
import type { FixContext } from './fix';
import { fixesForProblem } from './fixes-for-problem';

/** Finds the ways out of problems of a design, which is that of the open project. */
export function fixesIn(design: ComputedRef<GraphDocument>): FixSearch {
  const store = useProjectStore();
  const context = computed((): FixContext => {
    const document = design.value;
    return { document, shapes: store.lowered?.shapes ?? new Map(), planes: inheritedPlanes(document) };
  });
  return (problem) => fixesForProblem(problem, context.value);
}

/** Finds them for the parts of the Design room. */
export function useFixes(): FixSearch {
  return fixesIn(useDesigner().document);
}
