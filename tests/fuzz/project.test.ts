import { expect, it } from 'vitest';
import { openVariants } from './project-check';

it('project files changed at random are opened or refused by name, in time, and never written to', async () => {
  const { opened, refused } = await openVariants(5000, 1);
  expect(opened + refused).toBe(5000);
  // Both kinds are among them: a reader that refused or took everything would show nothing.
  expect(Math.min(opened, refused)).toBeGreaterThan(100);
}, 180_000);
