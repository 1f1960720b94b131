import { StudioError } from '@shared/problem';

/** What went wrong with a download, and what helps. */
const FIXES = {
  'download-unreachable': 'Check the network connection, then fetch again.',
  'download-cut': 'Fetch again: it goes on where it was cut.',
  'download-refused': 'Try later, or get the file from its page yourself.',
  'download-checksum':
    'What was received is gone again: fetch once more. If that does not help, the file at this address is another one.',
  'download-busy': 'Wait until it is done, or end it.',
  'download-stopped': 'Fetch again: it goes on where it was stopped.',
} as const;
export type DownloadCode = keyof typeof FIXES;

/** The error of a download. */
export function downloadProblem(code: DownloadCode, message: string, cause?: unknown): StudioError {
  return new StudioError({ code, message, fix: FIXES[code] }, { cause });
}
