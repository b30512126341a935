import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { entityOf } from '../items/wire-kinds.ts';
import { rawCall } from '../raw-call.ts';
import { engineOf, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { multipart } from './multipart-body.ts';

/** Every body of this file says the same: one new password. */
const fields = { name: 'Café 😀', username: 'u+1 & co', password: ' a=b&c%d;"é\\ ', notes: 'one\r\ntwo' };
const json = JSON.stringify(fields);
const form = new URLSearchParams(fields).toString();
const parts = Object.entries(fields).map(([name, value]) => ({ name, value }));

const urlencoded = 'application/x-www-form-urlencoded';
const utf16 = Buffer.from(json, 'utf16le');
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const escaped = json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const file = { name: 'attachment', value: '\0\x01not text', filename: 'a.bin', type: 'application/octet-stream' };
const plain = parts.map((part) => ({ ...part, type: 'text/plain; charset=utf-8' }));

/** What it is, the content type that it is sent with, and the bytes. */
const rows: [string, string | null, string | Uint8Array][] = [
  ['JSON', 'application/json', json],
  ['JSON with charset', 'application/json; charset=utf-8', json],
  ['JSON with a quoted charset', 'Application/JSON;charset="UTF-8"', json],
  ['JSON of a vendor', 'application/vnd.example+json', json],
  ['JSON in UTF-16', 'application/json; charset=utf-16le', utf16],
  ['JSON, all escaped', 'application/json', escaped],
  ['JSON with white space around', 'application/json', `\r\n ${json}\n\t`],
  ['JSON with a byte order mark', 'application/json', `\uFEFF${json}`],
  ['JSON as text', 'text/plain', json],
  ['JSON without content type', null, json],
  ['JSON with an empty content type', '', json],
  ['JSON under a content type that is none', 'json', json],
  ['JSON under another that is none', ';;', json],
  ['JSON as a form', urlencoded, json],
  ['JSON whose last repeat counts', 'application/json', `{"name":"first","password":7,${json.slice(1)}`],
  ['JSON with fields nobody knows', 'application/json', `{"id":1,"owner":{},"can_edit":true,${json.slice(1)}`],
  [
    'JSON with a prototype',
    'application/json',
    `{"__proto__":{"url":"x"},"constructor":{"prototype":1},${json.slice(1)}`,
  ],
  ['a form', urlencoded, form],
  ['a form with charset', `${urlencoded}; charset=UTF-8`, form],
  ['a form in capitals', 'APPLICATION/X-WWW-FORM-URLENCODED', form],
  ['a form with spaces as %20', urlencoded, form.replaceAll('+', '%20')],
  ['a form that is not encoded more than it must', urlencoded, form.replaceAll('%C3%A9', 'é')],
  ['a form with a byte order mark', urlencoded, `\uFEFF${form}`],
  ['a form with a line end', urlencoded, `${form}\r\n`],
  ['a form whose last repeat counts', urlencoded, `name=first&password=&${form}`],
  ['a form with fields nobody knows', urlencoded, `id=1&__proto__=x&x[y][z]=1&&=&${form}`],
  ['a form without content type', null, form],
  ['a form under a content type that is none', 'form', form],
  ['a form as JSON', 'application/json', form],
  ['a form as JSON, an unknown field first', 'application/json; charset=utf-8', `some-thing[0].x=1&${form}`],
  ['a form as JSON, a sharing cell first', 'application/json', `users_allowed[0][username]=nobody&${form}`],
  ['a form as JSON, that cell encoded', 'application/json', `users_allowed%5B0%5D%5Busername%5D=nobody&${form}`],
  ['a form as text', 'text/plain', form],
  ['multipart', ...both(multipart(parts))],
  ['multipart with types', ...both(multipart(plain))],
  ['multipart with a file', ...both(multipart([file, ...parts]))],
  ['multipart whose last repeat counts', ...both(multipart([{ name: 'name', value: 'first' }, ...parts]))],
  ['multipart with a preamble', multipart(parts).type, `preamble\r\n${multipart(parts).body}`],
  ['multipart with a quoted boundary', 'Multipart/Form-Data; boundary="b0undary"', multipart(parts).body],
];

function both({ type, body }: { type: string; body: string }): [string, string] {
  return [type, body];
}

for (const engine of engineOf(import.meta.filename)) {
  describe(`bodies that can be read, on ${engine}`, () => {
    let safe: TestSafe;
    let authorization: string;
    before(async () => {
      safe = await startWire(engine);
      authorization = `Bearer ${(await safe.person('ana')).token}`;
    });
    after(() => safe.close());

    async function createAndRead(type: string | null, body: string | Uint8Array, more: Record<string, string> = {}) {
      const headers = { authorization, ...(type === null ? {} : { 'content-type': type }), ...more };
      const made = await rawCall(safe, 'POST', '/api/mysafe/password', headers, body);
      assert.equal(made.status, 201, made.text);
      const read = await safe.call('GET', `/api/mysafe/password/${entityOf(made).identifier}`, undefined, {
        authorization,
      });
      const { name, username, password, notes, url } = entityOf(read);
      assert.equal(url, '');
      return { name, username, password, notes };
    }

    for (const [about, type, body] of rows) {
      it(about, async () => {
        assert.deepEqual(await createAndRead(type, body), fields);
      });
    }

    it('a body in pieces', async () => {
      const chunked = { 'transfer-encoding': 'chunked' };
      assert.deepEqual(await createAndRead('application/json', json, chunked), fields);
      assert.deepEqual(await createAndRead(null, form, chunked), fields);
    });

    it('a form in another charset, encoded or not', async () => {
      const expected = { name: 'é', username: 'ü', password: 'ß', notes: '' };
      const type = `${urlencoded}; charset=iso-8859-1`;
      assert.deepEqual(await createAndRead(type, 'name=%E9&username=%FC&password=%DF'), expected);
      assert.deepEqual(await createAndRead(type, latin1('name=é&username=ü&password=ß')), expected);
    });

    it('a new password and an update of it, by each way', async () => {
      const made = await rawCall(safe, 'POST', '/iso/mysafe/password', { authorization }, form);
      const { identifier } = entityOf(made);
      const ways: [string, string | null, string, string][] = [
        ['PUT', 'application/json', '{"name":"as JSON"}', 'as JSON'],
        ['POST', 'application/json', '{"name":"posted"}', 'posted'],
        ['PUT', urlencoded, 'name=as+a+form', 'as a form'],
        ['POST', null, 'name=bare', 'bare'],
        ['PUT', ...both(multipart([{ name: 'name', value: 'in parts' }])), 'in parts'],
      ];
      for (const [method, type, body, name] of ways) {
        const headers = { authorization, ...(type === null ? {} : { 'content-type': type }) };
        const path = `/api/mysafe/password/update/${identifier}`;
        const updated = await rawCall(safe, method, path, headers, body);
        assert.equal(updated.status, 200, updated.text);
        assert.equal(entityOf(updated).name, name);
      }
    });

    it('the scheme of a token in any case', async () => {
      const [, token] = authorization.split(' ');
      for (const scheme of ['bearer', 'BEARER', 'BeArEr', 'Bearer ', 'bearer  ']) {
        const got = await rawCall(safe, 'GET', '/api/mysafe/note', { authorization: `${scheme} ${token}` });
        assert.equal(got.status, 200, scheme + got.text);
      }
    });
  });
}
