// What the builds of the app and of the gallery have in common.

import { join } from 'node:path';
import type { BuildEnvironmentOptions, HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

/** Nothing inlined: the policy allows no font from a data address, and no script or style in the page. */
export const buildOptions = {
  target: 'es2023',
  cssTarget: ['chrome123', 'firefox121', 'safari17.5'], // the first with light-dark()
  assetsInlineLimit: 0,
  emptyOutDir: true,
  modulePreload: { polyfill: false },
  reportCompressedSize: false,
} satisfies BuildEnvironmentOptions;

/**
 * Two pieces that everybody loads, each whole: what the sign-in needs, and with the frame and the home what is needed
 * inside. Cut by who shares what with whom, as the rest is, they would be sixty files, and a tenth larger.
 */
export const loadedByAll = {
  groups: [
    // The entry itself stays apart, and so does the script before the first paint, which is no module.
    { name: 'first', tags: ['$initial'], priority: 2, test: (id: string) => !entries.test(id) },
    { name: 'inside', test: /\/src\/app\/inside\.tsx$/, priority: 1 },
  ] satisfies Rolldown.CodeSplittingGroup[],
};
const entries = /\/src\/app\/(theme-first\.ts|main\.tsx)$|\/index\.html$|\bvite\b/;

/** React Aria brings its own few words in 34 languages; this leaves out all but the given ones (as in `pt-BR`). */
export function speakOnly(languages: string[]): Plugin {
  const words = /react-(?:aria|stately|aria-components)\/dist\/private\/intl\/(?:\w+\/)?([a-z]{2}-[A-Z]{2})\.mjs$/;
  return {
    name: 'speak-only',
    load: {
      filter: { id: words },
      handler(id) {
        const language = words.exec(id)?.[1] ?? '';
        return languages.includes(language) ? undefined : 'export default {};';
      },
    },
  };
}

/**
 * React Aria empties its live regions by `innerHTML = ''`, which the policy's trusted types refuse: a number or date
 * field would then stop the page at its second announcement. The same is written as `textContent`.
 */
export function clearAsText(): Plugin {
  const clears = ".innerHTML = ''";
  return {
    name: 'clear-as-text',
    transform: {
      filter: { id: /react-aria\/dist\/private\/live-announcer\/LiveAnnouncer\.mjs$/ },
      handler(code) {
        if (!code.includes(clears)) throw new Error('React Aria clears its live regions otherwise by now.');
        return { code: code.replaceAll(clears, ".textContent = ''"), map: null };
      },
    },
  };
}

/**
 * A tiny blocking script sets the chosen theme before the first paint, and the text's font loads beside the script.
 * Both would otherwise be inline or late.
 */
export function paintFirst(): Plugin {
  let script = '';
  return {
    name: 'paint-first',
    apply: 'build',
    buildStart() {
      script = this.emitFile({
        type: 'chunk',
        id: join(import.meta.dirname, '../src/app/theme-first.ts'),
        name: 'theme-first',
      });
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const files = Object.values(bundle);
        const font = files.find(({ fileName }) => /inter-latin-wght-normal.*\.woff2$/.test(fileName));
        const theme = files.find((file) => file.type === 'chunk' && file.name === 'theme-first');
        if (font === undefined || theme === undefined || script === '')
          throw new Error('The first paint lacks a file.');
        const tags: HtmlTagDescriptor[] = [
          { tag: 'script', attrs: { src: `/${theme.fileName}` }, injectTo: 'head-prepend' },
          {
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${font.fileName}`, crossorigin: true },
            injectTo: 'head-prepend',
          },
        ];
        return { html, tags };
      },
    },
  };
}
