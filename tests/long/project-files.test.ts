import { expect, it } from 'vitest';
import { openVariants } from '../fuzz/project-check';

it('100,000 project files changed at random are opened or refused by name, in time, and never written to', async () => {
  const { opened, refused } = await openVariants(100_000, 2);
  expect(opened + refused).toBe(100_000);
  expect(Math.min(opened, refused)).toBeGreaterThan(2000);
}, 1_800_000);
