import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import { NONCE_PLACEHOLDER } from './src-main/shell/content-security-policy';

function path(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

const resolve = { alias: { '@shared': path('src-shared') } };

/**
 * Rooms are fetched behind the first picture, and compiled there too by this hint of Chromium's, in a thread aside: the first click into one
 * would wait for it, a fifth of the time that the Design room takes to open. What the first picture needs would only come later with it.
 */
function compiledAhead({ isDynamicEntry }: { isDynamicEntry: boolean }): string {
  return isDynamicEntry ? '//# allFunctionsCalledOnLoad' : '';
}

/** Everything on the main side is built in one go: three shells, the engine and its decoding threads; libraries stay outside. */
export default defineConfig({
  main: {
    resolve,
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          electron: path('src-main/shell/electron.ts'),
          browser: path('src-main/shell/browser.ts'),
          cli: path('src-main/shell/cli.ts'),
          engine: path('src-main/engine/entry.ts'),
          'image-worker': path('src-main/engine/data/images/image-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    resolve,
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: path('src-main/shell/preload.ts'),
        output: { format: 'cjs', entryFileNames: 'preload.cjs' },
      },
    },
  },
  renderer: {
    root: path('src-renderer'),
    base: './',
    resolve,
    plugins: [vue()],
    html: { cspNonce: NONCE_PLACEHOLDER },
    build: {
      outDir: path('out/renderer'),
      rollupOptions: { input: path('src-renderer/index.html'), output: { banner: compiledAhead } },
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
    },
  },
});
