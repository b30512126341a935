import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { buildOptions, clearAsText, loadedByAll, paintFirst, speakOnly } from './build/plugins.ts';

// biome-ignore lint/style/noDefaultExport: Vite asks for it
export default defineConfig({
  root: import.meta.dirname,
  // The SDK's own source: nothing needs to be built before the screens.
  resolve: { conditions: ['arca-source', ...defaultClientConditions] },
  plugins: [react(), speakOnly(['en-US', 'pt-BR']), clearAsText(), paintFirst()],
  build: {
    ...buildOptions,
    outDir: 'dist',
    manifest: 'manifest.json',
    rolldownOptions: { output: { codeSplitting: loadedByAll } },
  },
});
