import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

function room(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Suites that start processes or browsers run one file at a time; the others use both cores. */
const slow = { fileParallelism: false, testTimeout: 180_000 };

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
      suite('e2e', slow),
      suite('long', slow),
    ],
  },
});
