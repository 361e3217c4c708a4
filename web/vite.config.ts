/**
 * Builds the app for Django and WhiteNoise: everything lies under `/static/`, and nothing is inlined,
 * so that a content security policy without inline scripts holds.
 * `--mode gallery` builds the component gallery instead, which is never shipped.
 */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import manifest from './package.json' with { type: 'json' };

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => ({
  base: '/static/',
  plugins: [react()],
  resolve: { alias: { '@': at('./src') } },
  define: { __KEHU_VERSION__: JSON.stringify(manifest.version) },
  build: {
    outDir: at(mode === 'gallery' ? './.gallery' : './dist'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1700,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: at(mode === 'gallery' ? './fixtures/gallery.html' : './index.html') },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['./src/test-setup.ts'],
    restoreMocks: true,
  },
}));
