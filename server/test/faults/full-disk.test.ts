import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { bareSettings } from '../bare-settings.ts';
import { startChildServer } from '../child-server.ts';
import { anyPassword } from '../start-safe.ts';

const note = '/api/mysafe/note';
const secret = 'what nobody may see';

/**
 * A disk that is full for one process alone, which any account can have: the largest size of a file that it may write.
 * The shell before it has the signal ignored that would end it instead of failing the write.
 */
const ignoreSignal = ['/bin/sh', '-c', `trap '' XFSZ; exec "$@"`, 'sh'];
function limitFiles(pid: number | undefined, bytes: number | 'unlimited'): void {
  const words = ['-c', 'prlimit --pid "$1" --fsize="$2:"', 'sh', String(pid), String(bytes)];
  const { status, stderr } = spawnSync('/bin/sh', words, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

if (process.platform === 'linux')
  describe('an embedded store on a full disk', () => {
    it('answers 502, reveals nothing, tells why on /readyz, and goes on by itself once there is room', async (test) => {
      const bare = await bareSettings('sqlite');
      const server = await startChildServer(bare.environment, ignoreSignal);
      test.after(async () => {
        await server.kill();
        await bare.remove();
      });
      await server.operator.run('user.add', { username: 'ana', password: anyPassword });
      const { clientId, clientSecret } = await server.operator.run('access-key.add', { owner: 'ana', name: 'k' });
      const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      let token = '';
      const call = async (method: string, path: string, body?: object) => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const answer = await fetch(server.url + path, {
          method,
          headers,
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        const text = await answer.text();
        return { status: answer.status, text, json: JSON.parse(text) };
      };
      const ask = () => call('POST', '/api/oauth2/token', grant);
      token = (await ask()).json.access_token;
      assert.equal((await call('POST', note, { name: 'first', note: secret })).status, 201);
      const ready = async () => {
        const { status, json } = await call('GET', '/readyz');
        return { status, ...json };
      };
      assert.deepEqual(await ready(), { status: 200, ready: true, reasons: [] });

      // No file may grow any more, and the WAL cannot take one page.
      limitFiles(server.process.pid, 4096);
      for (let count = 0; count < 2; count += 1) {
        const attempts = [
          await call('GET', `${note}/1`),
          await call('POST', note, { name: 'lost', note: 'x' }),
          await call('PUT', `${note}/update/1`, { note: 'lost' }),
          await call('POST', `${note}/inactive/1`),
          await ask(),
        ];
        for (const { status, text, json } of attempts) {
          assert.equal(status, 502, text);
          assert.equal(json.message, 'An invalid response was received from the upstream server');
          assert.equal(json.access_token, undefined);
          assert.ok(!text.includes(secret));
        }
      }
      const { status, ready: isReady, reasons } = await ready();
      assert.deepEqual([status, isReady], [503, false]);
      assert.match(reasons.join(), /^the store takes no changes: sqlite \d+$/);
      // What reveals and records nothing still works.
      assert.equal((await call('GET', note)).json.note_on_list.length, 1);
      assert.equal((await call('GET', '/healthz')).status, 200);
      assert.match(
        server.log(),
        /"level":"error".*"fault":"unreachable","cause":"sqlite \d+: [^"]+","msg":"the store failed"/,
      );

      limitFiles(server.process.pid, 'unlimited');
      assert.deepEqual(await ready(), { status: 200, ready: true, reasons: [] });
      const read = await call('GET', `${note}/1`);
      assert.equal(read.json.note_entity.note, secret);
      assert.equal((await call('POST', note, { name: 'second', note: 'x' })).json.note_entity.identifier, '2');
      assert.deepEqual((await server.operator.run('audit.verify', undefined as never)).problems, []);
      const refused = await server.operator.run('audit.list', { event: 'item.revealed' });
      assert.equal(refused.length, 1);
      assert.equal(await server.stop(), 0);
      assert.equal(statSync(join(bare.settings.dataDir, 'safe.db')).size > 0, true);
    });
  });
