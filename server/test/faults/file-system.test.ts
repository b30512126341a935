import assert from 'node:assert/strict';
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Answer, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { mustRefuse } from '../v1/problem.ts';
import { failureOf, type Mount, mounted } from './mounted.ts';

const note = '/api/mysafe/note';
const secret = 'what nobody may see';
const upstream = 'An invalid response was received from the upstream server';

type Stage = { safe: TestSafe; ana: SignedIn; token: string };

async function stageOn(folder: string): Promise<Stage> {
  const safe = await startSafe('sqlite', { ARCA_DATA_DIR: join(folder, 'data') });
  const key = await safe.person('ana');
  const ana = await safe.signIn('ana');
  assert.equal((await key.call('POST', note, { name: 'first', note: secret })).status, 201);
  return { safe, ana, token: key.token };
}

const overWire = ({ safe, token }: Stage, method: string, path: string, body?: unknown) =>
  safe.call(method, path, body, { authorization: `Bearer ${token}` });

/** How often the secret was given out, on the wire and in our own API, and each refusal held to be the right one. */
function countRevealed(answers: { wire: Answer; own: Answer }[]): number {
  let revealed = 0;
  for (const { wire, own } of answers) {
    for (const answer of [wire, own]) if (answer.text.includes(secret)) revealed += 1;
    if (wire.status !== 200) {
      assert.deepEqual([wire.status, (wire.json as { message: string }).message], [502, upstream]);
      assert.ok(!wire.text.includes(secret));
    }
    if (own.status !== 200) mustRefuse(own, 502, 'store_unreachable');
  }
  return revealed;
}

async function reveals(stage: Stage, most: number): Promise<{ wire: Answer; own: Answer }[]> {
  const all: { wire: Answer; own: Answer }[] = [];
  while (all.length < most) {
    const wire = await overWire(stage, 'GET', `${note}/1`);
    const own = await stage.ana.call('POST', '/api/v1/items/note/1/reveal', {});
    all.push({ wire, own });
    if (wire.status === 502 && own.status === 502) break;
  }
  return all;
}

async function recorded({ safe }: Stage): Promise<number> {
  return (await safe.operator.run('audit.list', { event: 'item.revealed', limit: 10_000 })).length;
}

function mustNotBeReady({ safe }: Stage, { status, json }: Answer, code: RegExp): void {
  const { ready, reasons } = json as { ready: boolean; reasons: string[] };
  assert.deepEqual([status, ready], [503, false]);
  assert.match(reasons.join(), code);
  assert.match(
    safe.log(),
    /"level":"error".*"fault":"unreachable","cause":"sqlite \d+: [^"]+","msg":"the store failed"/,
  );
}

describe('an embedded store whose file system fails', () => {
  const disk = mounted('-t', 'tmpfs', '-o', 'size=8m', 'tmpfs');
  const noDisk = typeof disk === 'string' ? `no small file system: ${disk}` : false;
  it('a full disk: 502, nothing revealed unrecorded, healed once there is room', { skip: noDisk }, async (test) => {
    if (typeof disk === 'string') return;
    const stage = await stageOn(disk.folder);
    test.after(() => stage.safe.close().finally(disk.remove));
    const before = await recorded(stage);
    const fill = join(disk.folder, 'fill');
    // Piece by piece, until not a page is left.
    for (const size of [1 << 20, 1 << 12]) {
      for (;;) {
        try {
          writeFileSync(fill, Buffer.alloc(size), { flag: 'a' });
        } catch (thrown) {
          assert.equal((thrown as NodeJS.ErrnoException).code, 'ENOSPC');
          break;
        }
      }
    }
    // What was written before leaves room in the WAL for some, and so does each write back of it: those are recorded. Then
    // none is revealed and none created.
    let given = 0;
    let told: Answer;
    for (let round = 0; ; round += 1) {
      const full = await reveals(stage, 3000);
      assert.deepEqual([full.at(-1)?.wire.status, full.at(-1)?.own.status], [502, 502]);
      given += countRevealed(full);
      told = await stage.safe.call('GET', '/readyz');
      assert.equal(await recorded(stage), before + given);
      const made = await overWire(stage, 'POST', note, { name: 'lost', note: 'x' });
      if (told.status === 503 && made.status === 502) break;
      // Else there was room for it, and who creates a note is not shown it.
      assert.ok(round < 100);
    }
    mustNotBeReady(stage, told, /^the store takes no changes: sqlite \d+$/);
    assert.equal(await recorded(stage), before + given);

    truncateSync(fill, 0);
    assert.equal((await stage.safe.call('GET', '/readyz')).status, 200);
    const [again] = await reveals(stage, 1);
    assert.deepEqual([again?.wire.status, again?.own.status], [200, 200], again?.own.text ?? '');
    assert.equal(await recorded(stage), before + given + 2);
    const { problems } = await stage.safe.operator.run('audit.verify', { state: true });
    assert.deepEqual(problems, []);
  });

  const image = join(tmpdir(), `arca-image-${process.pid}`);
  writeFileSync(image, '');
  truncateSync(image, 24 << 20);
  const failure = failureOf('mkfs.ext4', '-q', image);
  const volume = failure ?? mounted('-o', 'loop', image);
  const noVolume = typeof volume === 'string' ? `no volume of its own: ${volume}` : false;
  if (noVolume) rmSync(image);
  // As the kernel does it to a file system in which it found an error.
  it('read-only: 502, nothing revealed, and all is there when it is mounted anew', { skip: noVolume }, async (test) => {
    if (typeof volume === 'string') return;
    const stage = await stageOn(volume.folder);
    test.after(() => stage.safe.close().finally(() => removeVolume(volume, image)));
    const before = await recorded(stage);
    assert.equal(failureOf('mount', '-o', 'remount,abort', volume.folder), null);
    const answers = [...(await reveals(stage, 1)), ...(await reveals(stage, 1))];
    assert.equal(countRevealed(answers), 0);
    assert.ok(answers.every(({ wire, own }) => wire.status === 502 && own.status === 502));
    mustNotBeReady(
      stage,
      await stage.safe.call('GET', '/readyz'),
      /^the store (takes no changes|does not answer): sqlite \d+$/,
    );
    assert.equal((await stage.safe.call('GET', '/healthz')).status, 200);
    await stage.safe.restart(() => {
      assert.equal(failureOf('umount', volume.folder), null);
      failureOf('fsck.ext4', '-p', image);
      assert.equal(failureOf('mount', '-o', 'loop', image, volume.folder), null);
    });
    assert.equal(await recorded(stage), before);
    const [again] = await reveals(stage, 1);
    assert.deepEqual([again?.wire.status, again?.own.status], [200, 200]);
    assert.deepEqual((await stage.safe.operator.run('audit.verify', null)).problems, []);
  });
});

function removeVolume(volume: Mount, image: string): void {
  volume.remove();
  rmSync(image);
}
