import { defineConfig } from 'vite';

export default defineConfig({
  // Nothing is inlined: the page's Content-Security-Policy allows files of its own and nothing else.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: 'es2022' },
});
