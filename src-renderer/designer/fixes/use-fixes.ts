import { computed } from 'vue';
import { inheritedPlanes } from '@shared/network/lower';
import type { Problem } from '@shared/problem';
import { useProjectStore } from '../../stores/project';
import { useDesigner } from '../state/use-designer';
import type { Fix, FixContext } from './fix';
import { fixesForProblem } from './fixes-for-problem';

/** Finds the ways out of problems of the open design. */
export function useFixes(): (problem: Problem) => Fix[] {
  const designer = useDesigner();
  const store = useProjectStore();
  const context = computed((): FixContext => {
    const document = designer.document.value;
    return { document, shapes: store.lowered?.shapes ?? new Map(), planes: inheritedPlanes(document) };
  });
  return (problem) => fixesForProblem(problem, context.value);
}
