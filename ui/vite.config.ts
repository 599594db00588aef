import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Assets are loaded from inside the program, so paths are relative.
  base: './',
  plugins: [svelte()],
  css: { preprocessorOptions: { scss: { loadPaths: ['node_modules'], quietDeps: true } } },
  server: { port: 5173, strictPort: true },
  build: {
    // The oldest engine we meet: WebKitGTK 2.50 and Safari 16.4.
    target: 'safari16.4',
    modulePreload: false,
  },
  // Without this, tests would get Svelte's server build.
  ...(process.env['VITEST'] ? { resolve: { conditions: ['browser'] } } : {}),
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/set-up.ts'],
  },
});
