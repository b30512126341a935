import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { buildOptions, clearAsText, paintFirst, speakOnly } from '../build/plugins.ts';

// biome-ignore lint/style/noDefaultExport: Vite asks for it
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), speakOnly(['en-US', 'pt-BR']), clearAsText(), paintFirst()],
  build: {
    ...buildOptions,
    outDir: join(import.meta.dirname, '../../.cache/web-gallery'),
    emptyOutDir: true,
  },
});
