import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { BackupLine } from '../../src/actions/backup/lines.ts';
import { writeBackup } from '../../src/admin/backup-file.ts';
import { proveBackup } from '../../src/admin/prove-backup.ts';
import { lock, opener } from '../backup/restored-place.ts';
import type { TestSafe } from '../start-safe.ts';

/**
 * All bytes that a backup leaves with a thief, by place: the file, the same decrypted (its lines, and what they hold as
 * bytes), and the files of the scratch folder while the backup is proven. Each file there is given as it was when largest.
 */
export async function backupBytes(safe: TestSafe): Promise<Map<string, Buffer>> {
  const places = new Map<string, Buffer>();
  const folder = await mkdtemp(join(tmpdir(), 'arca-test-'));
  const file = join(folder, 'safe.age');
  const texts: string[] = [];
  const cells: Buffer[] = [];
  async function* watched(): AsyncGenerator<BackupLine> {
    for await (const line of safe.operator.stream('backup.make') as AsyncIterable<BackupLine>) {
      texts.push(JSON.stringify(line));
      if (line.type === 'rows') cells.push(...line.rows.flat().flatMap(bytesOf));
      yield line;
    }
  }
  try {
    await writeBackup(watched(), file, lock);
    places.set('the file of the backup', readFileSync(file));
    places.set('the lines of the backup', Buffer.from(texts.join('\n')));
    places.set('the bytes in the backup', Buffer.concat(cells));
    const scratch = await scratchOf(folder, () => proveBackup(file, opener, safe.settings));
    for (const [name, bytes] of scratch) places.set(name, bytes);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return places;
}

/** In a backup bytes are base64 in a list of one. */
function bytesOf(value: string | number | null | [string]): Buffer[] {
  return Array.isArray(value) ? [Buffer.from(value[0], 'base64'), Buffer.from('\n')] : [];
}

/** What lies in the scratch folder of a proof while it runs. It may not be left behind. */
async function scratchOf(folder: string, prove: () => Promise<unknown>): Promise<Map<string, Buffer>> {
  const seen = new Map<string, Buffer>();
  // A place of its own: other tests prove backups at the same time.
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  let isRunning = true;
  const proof = prove().finally(() => {
    isRunning = false;
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  while (isRunning) {
    for (const name of scratchFolders(folder)) look(join(folder, name), seen);
    await breathe();
  }
  await proof;
  if (scratchFolders(folder).length > 0) throw new Error('a proof left its scratch folder behind');
  return seen;
}

const scratchFolders = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('arca-proof-'));

function look(folder: string, seen: Map<string, Buffer>): void {
  for (const name of existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []) {
    try {
      const bytes = readFileSync(join(folder, name));
      const place = `${name} of the proof`;
      if (bytes.length > (seen.get(place)?.length ?? -1)) seen.set(place, bytes);
    } catch {
      // A folder, or a file that was removed since.
    }
  }
}
