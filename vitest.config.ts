import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

function room(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Suites that start processes or browsers wait for them: their tests have more time. */
const patient = { testTimeout: 180_000 };
/** No more browsers and trainings at once, however many cores there are. */
const twoFiles = { ...patient, maxWorkers: 2 };
/** Trainings of full size, which take all cores. */
const oneFile = { ...patient, fileParallelism: false };

function suite(name: string, options: object = {}) {
  return { extends: true as const, test: { name, include: [`tests/${name}/**/*.test.ts`], ...options } };
}

export default defineConfig({
  plugins: [vue()],
  resolve: {
    alias: { '@shared': room('src-shared'), '@main': room('src-main'), '@renderer': room('src-renderer') },
  },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
    globalSetup: room('tests/software-vulkan.ts'),
    reporters: ['default', room('tests/counts-reporter.ts')],
    projects: [
      suite('unit'),
      suite('contract'),
      suite('golden'),
      suite('fuzz'),
      suite('e2e', twoFiles),
      suite('long', oneFile),
    ],
  },
});
