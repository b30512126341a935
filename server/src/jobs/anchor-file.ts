import { mkdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AnchorFile } from '../actions/safe.ts';

/** The file of anchors; with null, none is written and none read. Opened anew for each line, so that it can be rotated. */
export function openAnchorFile(path: string | null): AnchorFile {
  return {
    async append(line) {
      if (path === null) return;
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(path, 'a', 0o600);
      try {
        // The line begins anew even where a crash cut the last one short: an empty line says nothing.
        await file.write(`\n${line}\n`);
        await file.datasync();
      } finally {
        await file.close();
      }
    },
    async *lines() {
      if (path === null) return;
      let file: FileHandle;
      try {
        file = await open(path, 'r');
      } catch (thrown) {
        // Before the first anchor there is none.
        if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return;
        throw thrown;
      }
      try {
        yield* file.readLines();
      } finally {
        await file.close();
      }
    },
  };
}
