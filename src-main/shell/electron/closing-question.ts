/** What a person wants of the runs when the window closes. */
export type ClosingAnswer = 'background' | 'stop' | 'cancel';

const ANSWERS: readonly ClosingAnswer[] = ['background', 'stop', 'cancel'];

/** The dialog of a window that closes while runs are being trained; its buttons are in the order of the answers. */
export function closingQuestion(runs: number) {
  const subject = runs === 1 ? 'A run is' : `${runs} runs are`;
  return {
    type: 'question' as const,
    title: 'MCN Studio',
    message: `${subject} being trained.`,
    detail:
      'In the background, training goes on without a window; start MCN Studio again to see it. Stopped runs can be resumed from their checkpoint.',
    buttons: ['Keep training in the background', 'Checkpoint and stop', 'Cancel'],
    defaultId: ANSWERS.indexOf('background'),
    cancelId: ANSWERS.indexOf('cancel'),
    noLink: true,
  };
}

/** The answer behind a button. */
export function closingAnswer(button: number): ClosingAnswer {
  return ANSWERS[button] ?? 'cancel';
}

/** The dialog of a page that holds unsaved changes; the first button leaves them. */
export const UNSAVED_QUESTION = {
  type: 'question' as const,
  title: 'MCN Studio',
  message: 'The project has changes that are not saved.',
  buttons: ['Discard the changes', 'Go back'],
  defaultId: 1,
  cancelId: 1,
  noLink: true,
};
export const DISCARD_BUTTON = 0;
