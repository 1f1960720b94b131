import { StudioError, type Problem } from '@shared/problem';

/** The problem that a promise is rejected with. @throws Error when it is not, or not with a StudioError */
export async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof StudioError)) throw new Error('It did not fail as expected.', { cause: error });
  return error.problem;
}
