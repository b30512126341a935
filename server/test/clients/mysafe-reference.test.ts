import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import Fastify from 'fastify';
import { compactDecrypt, importPKCS8 } from 'jose';
import { type ErrorCode, Refusal, type RefusalDetails } from '../../src/domain/errors.ts';
import { fieldsOf } from '../../src/domain/item.ts';
import { envelopeOf } from '../../src/http/mysafe/errors.ts';
import { problemOf, wireFieldOf, wireKinds } from '../../src/http/mysafe/shapes.ts';
import { sendTokenRefusal } from '../../src/http/oauth2/errors.ts';
import { engineOf, startSafe, type TestSafe } from '../start-safe.ts';
import { wireRoutes } from './wire-routes.ts';

const run = promisify(execFile);
const page = readFileSync(join(import.meta.dirname, '../../../docs/reference/mysafe-api.md'), 'utf8');

/** The text below a heading, up to the next one. */
function section(title: string): string {
  const text = page.split(/^## /m).find((one) => one.startsWith(`${title}\n`));
  if (text === undefined) throw new Error(`the page has no section ${title}`);
  return text;
}

/** Fenced blocks of a section as language and text. */
function blocks(text: string): { language: string; text: string }[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', inner = '']) => ({
    language,
    text: inner,
  }));
}

/** The rows of a section's tables; in each cell the code spans without their marks. */
function rows(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.startsWith('| '));
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const codeOf = (cell = ''): string => /`([^`]*)`/.exec(cell)?.[1] ?? '';

type Samples = { [C in ErrorCode]: readonly RefusalDetails[C][] };
const none = [{}];
const eachKind = [{ kind: 'password' }, { kind: 'note' }, { kind: 'api-secret' }] as const;

/** Total: a new code does not compile until the page's test knows it. */
const samples: Samples = {
  token_missing: none,
  token_invalid: none,
  key_restricted: [{ by: 'address' }],
  client_unknown: none,
  grant_type_unsupported: none,
  too_many_requests: [{ retryAfterSeconds: 1 }],
  route_unknown: none,
  number_invalid: none,
  item_not_found: eachKind,
  access_denied: none,
  item_disabled: eachKind,
  justification_required: none,
  approval_required: none,
  field_missing: [{ field: 'name' }],
  field_invalid: [{ field: 'name', why: '' }],
  note_too_long: [{ limit: 900 }],
  identifier_code_taken: none,
  body_unreadable: none,
  body_too_large: [{ limit: 1 }],
  answer_unencryptable: none,
  already_set_up: none,
  rotation_running: [{ what: 'data' }],
  root_key_unfit: [{ why: 'same' }],
  set_up_link_invalid: none,
  user_not_found: [{ username: '' }],
  username_taken: [{ username: '' }],
  last_admin: none,
  group_not_found: [{ name: '' }],
  group_name_taken: [{ name: '' }],
  key_not_found: [{ clientId: '' }],
  key_revoked: [{ clientId: '' }],
  key_without_private_key: [{ clientId: '' }],
  integrity_broken: [{ table: '', row: '' }],
  store_unreachable: none,
  store_timeout: none,
  unexpected: none,
  // What only our own API can meet.
  sign_in_failed: none,
  password_wrong: none,
  second_factor_required: none,
  second_factor_wrong: none,
  second_factor_not_enrolled: none,
  password_change_required: none,
  second_factor_enrolled: none,
  second_factor_absent: none,
  second_factor_needed: none,
  proof_required: none,
  origin_foreign: none,
  session_not_found: none,
  method_unknown: [{ allowed: [] }],
  version_not_found: [{ version: 1 }],
  share_not_found: none,
  share_impossible: [{ why: 'user_not_found' }],
  transfer_impossible: [{ why: 'user_not_found' }],
  revision_stale: [{ revision: 1, open: null }],
  revision_unreadable: none,
  idempotency_key_reused: none,
  cursor_invalid: none,
  media_type_unknown: none,
  request_invalid: [{ errors: [] }],
  proposal_not_found: none,
  proposal_decided: none,
  proposal_by_self: none,
  keys_not_allowed: none,
  import_not_found: none,
  import_unreadable: [{ why: '' }],
  import_source_failed: [{ why: '' }],
  import_impossible: [{ why: 'expired' }],
  upload_not_found: none,
  device_sign_in_not_found: none,
  upload_offset_wrong: [{ offset: 1 }],
  upload_incomplete: [{ offset: 1 }],
  file_too_large: [{ limit: 1 }],
  quota_reached: [{ of: 'user', limit: 1 }],
  range_unsatisfiable: [{ size: 1 }],
};

/** `number text` of every refusal that the wire can answer; the number of what is no business error is its status. */
function wireErrors(): Set<string> {
  const found = new Set<string>();
  for (const [code, details] of Object.entries(samples)) {
    for (const detail of details) {
      const { status, text, body } = envelopeOf(new Refusal(code as ErrorCode, detail as never));
      const { code: number } = body.exception as { code: number };
      found.add(`${status === 400 && number > 999 ? number : status} ${text.replace("'body'", "'name'")}`);
    }
  }
  return found;
}

describe('the reference of the MySafe API', () => {
  it('has every error of the wire with its number and text, and no other', () => {
    const told = rows(section('Errors'))
      .map(([number = '', text]) => `${number} ${codeOf(text)}`)
      .filter((line) => /^\d/.test(line));
    assert.deepEqual([...told].sort(), [...wireErrors()].sort());
    const { body } = envelopeOf(new Refusal('answer_unencryptable', {}));
    assert.ok(section('Errors').includes(`\`${(body.exception as { message: string }).message}\``));
  });

  it('has every failure of a token request', async () => {
    const app = Fastify();
    for (const [code, [detail]] of Object.entries(samples)) {
      app.get(`/${code}`, (_request, reply) =>
        sendTokenRefusal(reply, new Refusal(code as ErrorCode, detail as never), false),
      );
    }
    const found = new Set<string>();
    for (const code of Object.keys(samples)) {
      const answer = await app.inject(`/${code}`);
      const { error, error_description } = answer.json<{ error: string; error_description: string }>();
      // All that a token request cannot meet is a fault of ours there.
      if (error !== 'server_error' || code === 'unexpected')
        found.add(`${answer.statusCode} ${error} ${error_description}`);
    }
    await app.close();
    const told = rows(section('Tokens')).filter(([status]) => /^\d/.test(status ?? ''));
    const lines = told.map(([status, error, text]) => `${status} ${codeOf(error)} ${codeOf(text)}`);
    assert.deepEqual(lines.sort(), [...found].sort());
  });

  it('has every field that a kind takes, in checking order, with its limit', () => {
    for (const { kind, path } of wireKinds) {
      const title = { password: 'Passwords', note: 'Notes', 'api-secret': 'API secrets' }[kind];
      const text = section(title);
      assert.ok(text.includes(`\`/api/mysafe/${path}\``), title);
      const told = rows(text.slice(0, text.indexOf('| answer |'))).slice(1, -1);
      const limits = (most: number, field: string) => (field === 'note' ? 900 : most).toLocaleString('en');
      assert.deepEqual(
        told.map(([field, most, about = '']) => [
          codeOf(field),
          most?.replace(' each', ''),
          about.startsWith('required'),
        ]),
        fieldsOf[kind].map(({ field, most, required }) => [wireFieldOf(field), limits(most, field), required]),
      );
    }
  });

  it('has every filter, message, and sharing problem', () => {
    for (const { kind, filters, messages, listKey, readKey, writeKey } of wireKinds) {
      const text = section({ password: 'Passwords', note: 'Notes', 'api-secret': 'API secrets' }[kind]);
      for (const word of [...Object.values(messages), listKey, readKey, writeKey])
        assert.ok(text.includes(`\`${word}\``), word);
      const [, told = ''] = /The list\s+filters by ([^.]*)\./.exec(text) ?? [];
      assert.deepEqual(
        [...told.matchAll(/`(\w+)`/g)].map(([, name]) => name),
        Object.keys(filters),
      );
    }
    const whys = ['user_not_found', 'user_is_owner', 'user_disabled', 'group_not_found', 'group_disabled'] as const;
    for (const why of whys) {
      const { message } = problemOf({ subject: 'user', name: '', why }) as { message: string };
      assert.ok(section('Sharing').includes(`\`${message}\``), message);
    }
  });
});

for (const engine of engineOf(import.meta.filename)) {
  describe(`the reference of the MySafe API on ${engine}`, () => {
    let safe: TestSafe;
    let folder: string;
    before(async () => {
      safe = await startSafe(engine);
      folder = mkdtempSync(join(tmpdir(), 'arca-reference-'));
    });
    after(async () => {
      await safe.close();
      rmSync(folder, { recursive: true });
    });

    it('has every operation that the server has, and no other', async () => {
      const told = rows(section('Operations'))
        .map(([, request]) => codeOf(request))
        .filter((request) => request.includes('/'));
      const spelled = told.flatMap((request) =>
        request.includes('{kind}') ? wireKinds.map(({ path }) => request.replace('{kind}', path)) : [request],
      );
      const routes = await wireRoutes(safe, '/api/');
      assert.deepEqual(spelled.map((request) => request.replace('{identifier}', ':identifier')).sort(), routes);
      const older = await wireRoutes(safe, '/iso/');
      assert.deepEqual(older, routes.map((route) => route.replace('/api/', '/iso/')).sort());
    });

    it('has a conversation that goes as it says', async () => {
      safe.setClock(new Date('2026-11-21T12:00:00Z'));
      const ana = await safe.person('ana');
      await safe.person('bruno');
      const spoken = blocks(section('A conversation'));
      const calls = spoken.filter(({ language }) => language === 'sh');
      const answers = spoken.filter(({ language }) => language === 'json');
      assert.ok(answers.length >= 6);
      // One shell for all of it, as for a reader who pastes; the first block prints nothing.
      const script = calls.map(({ text }) => `${text}\nprintf '\\n'`).join('\n');
      const env = { PATH: process.env.PATH, SAFE: safe.url, ID: ana.clientId, SECRET: ana.clientSecret, NO_PROXY: '*' };
      const { stdout } = await run('sh', ['-c', script], { env });
      const said = stdout.trim().split('\n');
      assert.deepEqual(
        said,
        answers.map(({ text }) => JSON.stringify(JSON.parse(text))),
      );
    });

    it('says how to decrypt, with openssl, Node and jose', async () => {
      const [openssl, node] = blocks(section('Encrypted answers')).filter(({ language }) => language === 'sh');
      const draft = { name: 'n', username: 'u', password: 'pässword 🗝' };
      const lines = [node?.text ?? ''];
      // Where there is no openssl, nobody follows its line either.
      if (spawnSync('sh', ['-c', 'command -v openssl']).status === 0) lines.push(openssl?.text ?? '');
      const encrypted = async (encryption: string) => {
        const person = await safe.person(encryption, { encryption });
        await person.call('POST', '/api/mysafe/password', draft);
        const [{ identifier }] = (
          (await person.call('GET', '/api/mysafe/password')).json as { password_on_list: [{ identifier: string }] }
        ).password_on_list;
        const { json } = await person.call('GET', `/api/mysafe/password/${identifier}`);
        const { pem } = await safe.operator.run('access-key.view-private-key', { clientId: person.clientId });
        return { value: (json as { password_entity: { password: string } }).password_entity.password, pem };
      };
      const oaep = await encrypted('rsa-oaep');
      writeFileSync(join(folder, 'arca.key'), oaep.pem);
      for (const line of lines) {
        const PATH = `${join(process.execPath, '..')}:${process.env.PATH}`;
        const { stdout } = await run('sh', ['-c', line], { cwd: folder, env: { PATH, VALUE: oaep.value } });
        assert.equal(stdout, draft.password);
      }
      const jwe = await encrypted('jwe');
      assert.ok(page.includes("await compactDecrypt(value, await importPKCS8(pem, 'RSA-OAEP-256'))"));
      const { plaintext } = await compactDecrypt(jwe.value, await importPKCS8(jwe.pem, 'RSA-OAEP-256'));
      assert.equal(new TextDecoder().decode(plaintext), draft.password);
    });
  });
}
