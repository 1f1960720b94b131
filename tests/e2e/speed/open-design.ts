import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { defaultsOf } from '@shared/fields/check-value';
import type { GraphDocument } from '@shared/graph/document';
import { projectText } from '@shared/project/project-text';
import { trainingFields } from '@shared/training/settings';
import { workFolder } from '../mcn';
import { openStudio, type StudioWindow } from '../studio-window';

/** A studio that lists projects with these designs on Welcome, by name. */
export function studioWith(designs: Readonly<Record<string, GraphDocument>>): Promise<StudioWindow> {
  const home = workFolder();
  const listed = Object.entries(designs).map(([name, document]) => {
    const path = join(home, `${name}.mcnproj`);
    const training = defaultsOf(trainingFields);
    const project = {
      version: 1,
      id: name,
      name,
      document,
      family: 'mcn',
      dataset: 'mnist',
      training,
    } as const;
    writeFileSync(path, projectText(project));
    return { path, name, openedAt: '2026-01-01T00:00:00.000Z' };
  });
  writeFileSync(join(home, 'recent-projects.json'), JSON.stringify(listed));
  return openStudio({ home });
}

/** Opens a listed project. Gives the milliseconds from the click to the frame that shows the first card, and to the one that shows all of them. */
export async function openListed(
  page: Page,
  name: string,
  cards: number,
): Promise<{ first: number; all: number }> {
  const times = page.evaluate(
    (wanted) =>
      new Promise<{ first: number; all: number }>((resolve) => {
        let clicked = 0;
        let first = 0;
        const look = (): void => {
          // A card of a large design, of which not all are elements, tells how many there are.
          const elements = document.querySelectorAll('[data-node]');
          const shown = Number(elements[0]?.getAttribute('aria-setsize') ?? elements.length);
          // A frame callback runs before its frame is painted: the next one tells when that is done.
          requestAnimationFrame((now) => {
            if (shown > 0 && first === 0) first = now - clicked;
            if (shown >= wanted) resolve({ first, all: now - clicked });
            else look();
          });
        };
        addEventListener(
          'click',
          (event) => {
            clicked = event.timeStamp;
            look();
          },
          { capture: true, once: true },
        );
      }),
    cards,
  );
  await page
    .getByRole('button', { name: new RegExp(`^${name}\\b`) })
    .first()
    .click();
  return times;
}
