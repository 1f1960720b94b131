import { StudioError } from '@shared/problem';
import { permutation } from '@shared/random/permutation';
import { randomKey } from '@shared/random/random-key';
import type { TrainingSettings } from '@shared/training/settings';

/** Which of the classes of a folder are used: as settings say, or exactly these. */
export type ClassChoice = Pick<TrainingSettings, 'classList' | 'classDraw' | 'classSeed'> | readonly string[];

function refuse(message: string, fix: string, field: string): never {
  throw new StudioError({ code: 'images-classes', message, fix, field });
}

/** The names of a list as a person types it. */
function listedNames(classList: string): string[] {
  return classList
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/**
 * The classes that a run uses, sorted: those of the list, or classDraw of them drawn by classSeed (the first ones of a
 * permutation of the sorted names: a function of seed and names), or all.
 *
 * @param names the folders of the classes, sorted
 * @throws StudioError images-classes
 */
export function chooseClasses(place: string, names: readonly string[], choice: ClassChoice): string[] {
  const { classList, classDraw, classSeed } =
    'classList' in choice ? choice : { classList: choice, classDraw: null, classSeed: 0 };
  const listed = [...new Set(typeof classList === 'string' ? listedNames(classList) : classList)];
  const missing = listed.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const some =
      missing.slice(0, 5).join(', ') + (missing.length > 5 ? ` and ${missing.length - 5} more` : '');
    refuse(
      `${place} has no class ${some}.`,
      'Correct the list, or leave it empty for all classes.',
      'classList',
    );
  }
  if (classDraw !== null && classDraw > names.length) {
    const message = `${place} has ${names.length} classes; ${classDraw} cannot be drawn from them.`;
    refuse(message, `Draw ${names.length} or fewer, or leave it empty for all classes.`, 'classDraw');
  }
  const chosen =
    listed.length > 0
      ? listed
      : classDraw === null
        ? [...names]
        : [...permutation(randomKey(classSeed, 'split', 'classes'), names.length)]
            .slice(0, classDraw)
            .map((index) => names[index]!);
  if (chosen.length < 2) {
    const many = chosen.length === 1 ? 'a single class' : 'no class';
    refuse(
      `${place} gives ${many}.`,
      'Tell at least two classes apart: a folder for each, in train.',
      'classList',
    );
  }
  return chosen.sort();
}
