import { StudioError } from '@shared/problem';

/** What is wrong with a file of MATLAB. */
export type MatCode =
  'mat-no' | 'mat-version' | 'mat-truncated' | 'mat-bad' | 'mat-compressed' | 'mat-class' | 'mat-too-long';

const FIXES: Partial<Record<MatCode, string>> = {
  'mat-no': 'Give a .mat file as MATLAB or scipy.io.savemat writes it.',
  'mat-version': 'Save it again as version 5 ("-v7" or "-v6" in MATLAB, scipy.io.savemat in Python).',
  'mat-class': 'Save the variable as a plain array of real numbers.',
};

/** The error for a file of MATLAB that cannot be read; `message` follows its path. */
export function matProblem(code: MatCode, path: string, message: string, cause?: unknown): StudioError {
  const fix = FIXES[code] ?? 'The copy is damaged or incomplete: get the file again.';
  return new StudioError({ code, message: `${path} ${message}`, fix, path }, { cause });
}
