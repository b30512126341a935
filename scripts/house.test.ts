import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findOffences } from './house.ts';

const unfinished = `TO${'DO'}`;
const registry = `registry.${'npmjs'}.org`;

const rows: { file: string; text?: string; executable?: boolean; offence: RegExp | null }[] = [
  { file: 'server/src/actions/items/disable.ts', offence: null },
  { file: 'server/src/storage/utils.ts', offence: /^"utils" says nothing/ },
  { file: 'server/src/common/dates.ts', offence: /^"common" says nothing/ },
  { file: 'server/src/index.ts', offence: /^"index" says nothing/ },
  { file: 'server/src/manager.test.ts', offence: /^"manager" says nothing/ },
  { file: 'server/src/storage/item-index.ts', offence: null },
  { file: 'docs/index.md', offence: null },
  { file: 'cli/src/arca.ts', text: 'line\n'.repeat(400), offence: null },
  { file: 'cli/src/arca.ts', text: 'line\n'.repeat(401), offence: /^401 lines/ },
  { file: 'docs/operate/backup.md', text: 'line\n'.repeat(401), offence: null },
  { file: 'cli/src/arca.ts', text: `first\n// ${unfinished}: later\n`, offence: /^line 2: work left undone/ },
  { file: 'cli/src/arca.ts', text: `const ${unfinished}S = 1;\n`, offence: null },
  { file: 'README.md', text: `see https://${registry}/arca\n`, offence: /^line 1: names a package registry's host/ },
  { file: 'package-lock.json', text: '"resolved": "https://x.test/a.tgz"\n', offence: /^line 1: holds a download/ },
  { file: 'package-lock.json', text: '"resolved": "server"\n', offence: null },
  { file: 'cli/src/arca.ts', text: '#!/usr/bin/env node\n', offence: /^has a #! line and is not executable/ },
  { file: 'cli/src/arca.ts', text: '#!/usr/bin/env node\n', executable: true, offence: null },
  { file: 'README.md', executable: true, offence: /^is executable without/ },
];

for (const { file, text = 'text\n', executable = false, offence } of rows) {
  test(`${file}, ${text.length} characters${executable ? ', executable' : ''}: ${offence ?? 'no offence'}`, () => {
    const offences = findOffences(file, text, executable);
    if (offence === null) assert.deepEqual(offences, []);
    else assert.match(offences.join('\n'), offence);
    assert.ok(offences.length <= 1);
  });
}
