import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm run dev` of this workspace finds the server. */
const API = process.env.HEADGATE_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    target: 'es2022',
    // Browsers of 2024: they know `light-dark()`, whose replacement would not know the library's switch.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Everything the server answers for the console lies under one path, beside the APIs.
    assetsDir: 'console/assets',
    // One file, there from the beginning: a page's own, once it failed to come, is not asked for again.
    cssCodeSplit: false,
    sourcemap: false,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    // An asset inside the page would need an exception in its security policy.
    assetsInlineLimit: 0,
    // Says which files each page loads; a test adds up their sizes.
    manifest: true,
    rolldownOptions: {
      output: {
        // A few files: a browser that has none of them takes longer over sixty small ones than over one that is as long as they are together.
        codeSplitting: {
          groups: [
            {
              name: 'console',
              tags: ['$initial'],
              test: (id: string) => !/\/(index\.html|main\.tsx)$/.test(id),
              priority: 1,
            },
            // With all that they need besides.
            { name: 'overviews', test: /\/src\/(owner|reseller)\/overview\.tsx$/ },
          ],
        },
      },
    },
  },
  // The server is asked under the address that the browser knows: it refuses changes that come from another's pages.
  server: { proxy: { '^/(api|docs|openapi|log)/': { target: API, changeOrigin: false } } },
});
