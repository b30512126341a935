import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { moveOn } from '../../../src/actions/audit/stream.ts';
import { verifyExport } from '../../../src/actions/audit/verify-export.ts';
import { engines, startSafe, type TestSafe } from '../../start-safe.ts';
import { openByHand } from '../../store-by-hand.ts';
import {
  eventually,
  makeCertificate,
  type Posted,
  type Received,
  streamReceiver,
  udpReceiver,
  webReceiver,
} from './receivers.ts';

const note = '/api/mysafe/note';
const secret = 'what nobody may see';
const key = 'a secret between two programs';
const folder = mkdtempSync(join(tmpdir(), 'arca-stream-'));
const secretFile = join(folder, 'webhook-secret');
writeFileSync(secretFile, `${key}\n`, { mode: 0o600 });
after(() => rmSync(folder, { recursive: true }));
const certificate = makeCertificate(folder);

/** Reveals a note and is refused once. */
async function act(safe: TestSafe): Promise<void> {
  const ana = await safe.person('ana');
  await ana.call('POST', note, { name: 'n', note: secret });
  assert.ok((await ana.call('GET', `${note}/1`)).text.includes(secret));
  await ana.call('GET', `${note}/99`);
}

async function start(test: TestContext, engine: (typeof engines)[number], environment: Record<string, string>) {
  const safe = await startSafe(engine, { ARCA_OUTBOUND_ALLOWED: '127.0.0.1,::1', ...environment });
  test.after(() => safe.close());
  return safe;
}

function mustHideSecrets(received: readonly string[]): void {
  for (const text of received) for (const one of [secret, key]) assert.ok(!text.includes(one), text);
}

type Read = { priority: string; at: string; id: string; content: Record<string, unknown> };

function readMessage(message: string): Read {
  const form = /^<(\d+)>1 (\d{4}-\d\d-\d\dT[\d:.]+Z) (\S{1,255}) arca (\d+) (\S{1,32}) - (\{.*\})$/;
  const [, priority = '', at = '', , , id = '', content = ''] = form.exec(message) ?? assert.fail(message);
  return { priority, at, id, content: JSON.parse(content) };
}

/** Reveal, refusal and anchor as they come by syslog, whatever carries them. */
async function mustTell(safe: TestSafe, { got }: Received<string>): Promise<void> {
  const find = (id: string) => eventually(id, () => got.map(readMessage).find((one) => one.id === id));
  const revealed = await find('item.revealed');
  assert.equal(revealed.priority, '110');
  const { id, target, user, details, hash } = revealed.content as { id: string; hash: string } & Record<
    string,
    unknown
  >;
  assert.deepEqual([target, user], ['note:1', 'ana']);
  assert.deepEqual(details, { address: '127.0.0.1', version: 1, fields: ['note'] });
  const refused = await find('item.reveal.refused');
  assert.deepEqual(
    [refused.priority, (refused.content.details as { reason: string }).reason],
    ['108', 'item_not_found'],
  );
  const anchor = await find('audit.anchor');
  assert.equal(anchor.priority, '109');
  mustHideSecrets(got);
  // What was sent is what stands in the audit, and its anchors are as good as those of the file.
  const lines: never[] = [];
  for await (const line of safe.operator.stream('audit.export')) lines.push(line as never);
  const stored = (lines as { type: string; lane: string; sequence: number; hash: string }[]).find(
    (line) => line.type === 'entry' && `${line.lane}:${line.sequence}` === id,
  );
  assert.equal(stored?.hash, hash);
  const verdict = await verifyExport(lines, null, got);
  assert.deepEqual([verdict.problems, verdict.anchors > 0], [[], true]);
}

describe('the audit by syslog', () => {
  it('comes over UDP, a message a datagram', async (test) => {
    const receiver = await udpReceiver();
    test.after(receiver.close);
    const url = `udp://127.0.0.1:${receiver.port}`;
    const safe = await start(test, 'sqlite', { ARCA_SYSLOG_URL: url, ARCA_ANCHOR_SECONDS: '1' });
    await act(safe);
    await mustTell(safe, receiver);
  });

  it('comes over TCP with octet counting', async (test) => {
    const receiver = await streamReceiver(null);
    test.after(receiver.close);
    const url = `tcp://localhost:${receiver.port}`;
    const safe = await start(test, 'sqlite', { ARCA_SYSLOG_URL: url, ARCA_ANCHOR_SECONDS: '1' });
    await act(safe);
    await mustTell(safe, receiver);
  });

  const skip = certificate ? false : 'no openssl to make a certificate';
  it('comes over TLS, to a receiver whose certificate holds alone', { skip }, async (test) => {
    if (!certificate) return;
    const receiver = await streamReceiver(certificate);
    test.after(receiver.close);
    const url = `tls://localhost:${receiver.port}`;
    const stranger = await start(test, 'sqlite', { ARCA_SYSLOG_URL: url });
    await act(stranger);
    await eventually('a refused certificate', () => /could not be sent/.test(stranger.log()));
    assert.match(stranger.log(), /"cause":"(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)"/);
    assert.deepEqual(receiver.got, []);
    const environment = { ARCA_SYSLOG_URL: url, ARCA_OUTBOUND_CA: certificate.file, ARCA_ANCHOR_SECONDS: '1' };
    const safe = await start(test, 'sqlite', environment);
    await act(safe);
    await mustTell(safe, receiver);
    // A certificate for another name is none.
    const other = `tls://127.0.0.1:${receiver.port}`;
    const wrong = await start(test, 'sqlite', { ...environment, ARCA_SYSLOG_URL: other });
    await act(wrong);
    await eventually('a refused name', () => /ERR_TLS_CERT_ALTNAME_INVALID/.test(wrong.log()));
  });
});

type Streamed = { id: string; event: string };

function entriesOf({ got }: Received<Posted>): Streamed[] {
  return got.flatMap(({ body }) => (JSON.parse(body) as { entries?: Streamed[] }).entries ?? []);
}

for (const engine of engines) {
  describe(`the audit by webhook on ${engine}`, () => {
    it('is signed, comes again until it is received, and goes on where it was after a restart', async (test) => {
      let receiver = await webReceiver((count) => ({ status: count === 1 ? 500 : 204 }));
      const { port } = receiver;
      test.after(() => receiver.close());
      const url = `http://127.0.0.1:${port}/arca?from=here`;
      const safe = await start(test, engine, { ARCA_WEBHOOK_URL: url, ARCA_WEBHOOK_SECRET_FILE: secretFile });
      await act(safe);
      const has = (event: string) => () => entriesOf(receiver).some((one) => one.event === event);
      await eventually('the refused reveal', has('item.reveal.refused'));
      // What was answered 500 comes once more: at least once, and each known by its id.
      const first = JSON.parse(receiver.got[0]?.body ?? '').entries[0].id;
      await eventually('a second time', () => entriesOf(receiver).filter(({ id }) => id === first).length > 1);
      for (const { headers, path, body } of receiver.got) {
        assert.equal(path, '/arca?from=here');
        assert.equal(headers['content-type'], 'application/json');
        assert.match(String(headers['arca-delivery']), /^[0-9a-f-]{36}$/);
        const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['arca-signature'])) ?? [];
        assert.equal(createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex'), signature);
        assert.equal(JSON.parse(body).format, 'arca-audit-stream-1');
      }
      assert.match(safe.log(), /"receiver":"webhook","failures":1,"cause":"it answered 500"/);
      mustHideSecrets(receiver.got.map(({ body }) => body));
      assert.doesNotMatch(safe.log(), /nobody reads/);

      // Away while the safe goes on, is stopped and started again.
      const before = new Set(entriesOf(receiver).map(({ id }) => id));
      await receiver.close();
      await safe.operator.run('group.add', { name: 'while it was away' });
      await safe.restart();
      receiver = await webReceiver(() => ({ status: 200 }), port);
      await eventually('what came meanwhile', has('group.added'));
      await eventually('the new start', has('safe.opened'));
      const again = entriesOf(receiver).filter(({ id }) => before.has(id));
      assert.ok(again.length <= 200, 'a batch at the most comes twice');
      const all = new Set([...before, ...entriesOf(receiver).map(({ id }) => id)]);
      for (const { lane, sequence, event } of await safe.operator.run('audit.list', { limit: 1000 })) {
        if (event === 'group.added' || event === 'safe.closed') assert.ok(all.has(`${lane}:${sequence}`), event);
      }

      // A node that was slow and lost its turn comes with what another has sent since.
      const store = await openByHand(safe.settings);
      const cursors = () => store.all('select lane, sequence from audit_cursors where sequence > 1 order by lane');
      const stand = await cursors();
      assert.ok(stand.length > 0);
      const late = stand.map(({ lane }) => ({ lane: String(lane), sequence: 1 }));
      await moveOn(safe.serving.safe, 'webhook', { entries: [], cursors: late });
      const stands = await cursors();
      await store.close();
      assert.equal(stands.length, stand.length);
    });
  });
}

describe('a webhook inside', () => {
  const settings = (port: number) => ({
    ARCA_WEBHOOK_URL: `http://localhost:${port}/`,
    ARCA_WEBHOOK_SECRET_FILE: secretFile,
  });

  it('is not called unless its address is listed', async (test) => {
    const receiver = await webReceiver(() => ({ status: 200 }));
    test.after(receiver.close);
    const safe = await start(test, 'sqlite', { ...settings(receiver.port), ARCA_OUTBOUND_ALLOWED: '10.0.0.0/8' });
    await act(safe);
    await eventually('a refusal to call', () => /could not be sent/.test(safe.log()));
    assert.match(safe.log(), /"cause":"its address is not one that ARCA_OUTBOUND_ALLOWED lists, and not a public one"/);
    assert.deepEqual(receiver.got, []);
  });

  it('leads nowhere else: a redirect is a failure', async (test) => {
    const elsewhere = await webReceiver(() => ({ status: 200 }));
    const location = `http://127.0.0.1:${elsewhere.port}/`;
    const receiver = await webReceiver(() => ({ status: 307, headers: { location } }));
    test.after(receiver.close);
    test.after(elsewhere.close);
    const safe = await start(test, 'sqlite', settings(receiver.port));
    await act(safe);
    await eventually('a failure', () => /it answered 307/.test(safe.log()));
    assert.ok(receiver.got.length > 0);
    assert.deepEqual(elsewhere.got, []);
  });
});
