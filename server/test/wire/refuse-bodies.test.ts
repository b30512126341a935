import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { rawCall } from '../raw-call.ts';
import { engineOf, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { invalid, missing, mustBe, notAuthorized, notJson, success } from '../wire-envelopes.ts';
import { multipart } from './multipart-body.ts';

const json = 'application/json';
const urlencoded = 'application/x-www-form-urlencoded';
const cut = multipart([{ name: 'name', value: 'n' }]);

/** Bodies that are nothing we can read. */
const unreadable: [string, string | null, string | Uint8Array][] = [
  ['half an object', json, '{"name":"a"'],
  ['an opening brace', null, '{'],
  ['garbage after JSON', json, '{"name":"a"} x'],
  ['two objects', json, '{"name":"a"}{"name":"b"}'],
  ['single quotes', json, "{'name':'a'}"],
  ['a comma too many', json, '{"name":"a",}'],
  ['words', json, 'no JSON at all'],
  ['words without content type', null, 'no JSON at all'],
  ['XML', 'application/xml', '<name a="b">x</name>'],
  ['half a text', json, '"name'],
  ['no number of JSON', json, 'NaN'],
  ['a NUL', json, '\0'],
  ['no UTF-8', json, Buffer.from('ff00fe', 'hex')],
  ['no UTF-8 within JSON', json, Buffer.from('{"name":"\xff"}', 'latin1')],
  ['no UTF-8 in a form', urlencoded, Buffer.from('name=\xe9', 'latin1')],
  ['no UTF-8 behind the percent signs of a form', urlencoded, 'name=%E9&username=u&password=p'],
  ['half a character behind percent signs', urlencoded, 'name=%F0%9F%98&username=u&password=p'],
  ['an unknown charset', `${json}; charset=klingon`, '{"name":"a"}'],
  ['multipart without a boundary', 'multipart/form-data', cut.body],
  ['multipart with another boundary', 'multipart/form-data; boundary=other', cut.body],
  ['multipart cut short', cut.type, cut.body.slice(0, -20)],
  ['multipart cut in its headers', cut.type, cut.body.slice(0, 30)],
  ['no UTF-8 in multipart', cut.type, Buffer.from(cut.body.replace('\r\nn\r\n', '\r\n\xe9\r\n'), 'latin1')],
  ['multipart of too many fields', ...many(10_000)],
];

function many(count: number): [string, string] {
  const parts = Array.from({ length: count }, (_, at) => ({ name: `x${at}`, value: '' }));
  const { type, body } = multipart(parts);
  return [type, body];
}

/** Bodies that are JSON, or nothing, and inform no field. */
const empty: [string, string | null, string][] = [
  ['an empty object', json, '{}'],
  ['an array', json, '[]'],
  ['an array of objects', json, '[{"name":"a"}]'],
  ['null', json, 'null'],
  ['a text', json, '"name"'],
  ['a number', json, '1'],
  ['a flag', null, 'true'],
  ['white space', json, ' \r\n '],
  ['nothing, as JSON', json, ''],
  ['nothing, as a form', urlencoded, ''],
  ['nothing at all', null, ''],
  ['no part', multipart([]).type, multipart([]).body],
];

const megabyte = 1024 * 1024;
const filled = (length: number) => {
  const fields = '{"name":"n","username":"u","password":"p","filler":"';
  return `${fields}${'x'.repeat(length - fields.length - 2)}"}`;
};

for (const engine of engineOf(import.meta.filename)) {
  describe(`bodies that are refused or passed over, on ${engine}`, () => {
    let safe: TestSafe;
    let authorization: string;
    before(async () => {
      safe = await startWire(engine);
      const ana = await safe.person('ana');
      authorization = `Bearer ${ana.token}`;
      const made = await ana.call('POST', '/api/mysafe/password', { name: 'n', username: 'u', password: 'p' });
      assert.equal(made.status, 201, made.text);
    });
    after(() => safe.close());

    const send = (method: string, path: string, type: string | null, body: string | Uint8Array, more = {}) => {
      const headers = { authorization, ...(type === null ? {} : { 'content-type': type }), ...more };
      return rawCall(safe, method, `/api/mysafe/password${path}`, headers, body);
    };

    for (const [about, type, body] of unreadable) {
      it(`unreadable: ${about}`, async () => {
        const created = await send('POST', '', type, body);
        mustBe(created, notJson);
        assert.deepEqual(await auditLines(safe, created), ['item.create.refused ana - body_unreadable']);
        mustBe(await send('PUT', '/update/1', type, body), notJson);
      });
    }

    for (const [about, type, body] of empty) {
      it(`informs nothing: ${about}`, async () => {
        mustBe(await send('POST', '', type, body), missing('name'));
        const updated = await send('PUT', '/update/1', type, body);
        assert.equal(updated.status, 200, updated.text);
      });
    }

    it('a body that is nested deep is read, and what it holds refused', async () => {
      const deep = 200_000;
      mustBe(await send('POST', '', json, `{"name":${'['.repeat(deep)}${']'.repeat(deep)}}`), invalid('name'));
      const object = `${'{"name":'.repeat(deep / 2)}1${'}'.repeat(deep / 2)}`;
      mustBe(await send('PUT', '/update/1', json, object), invalid('name'));
    });

    it('a body of one MiB is read, a longer one refused, by its length or in pieces', async () => {
      const made = await send('POST', '', json, filled(megabyte));
      assert.equal(made.status, 201, made.text);
      const chunked = { 'transfer-encoding': 'chunked' };
      mustBe(await send('POST', '', json, filled(megabyte + 1)), invalid('body'));
      mustBe(await send('POST', '', null, filled(megabyte + 1), chunked), invalid('body'));
      mustBe(await send('PUT', '/update/1', urlencoded, `name=${'x'.repeat(megabyte)}`), invalid('body'));
    });

    it('a body past the limit is refused to nobody but who has a token', async () => {
      for (const headers of [{ authorization: '' }, { authorization: 'Bearer abc' }]) {
        const refused = await send('POST', '', json, filled(megabyte + 1), headers);
        mustBe(refused, notAuthorized);
      }
    });

    it('enabling and disabling pass over any body', async () => {
      const { type, body } = multipart([{ name: 'x', value: 'y' }]);
      const bodies: [string | null, string | Uint8Array][] = [
        [json, ''],
        [`${json}; charset=utf-8`, ''],
        [null, ''],
        [urlencoded, ''],
        ['multipart/form-data', ''],
        ['none', ''],
        [json, '{}'],
        [json, '{"name":""}'],
        [json, '{'],
        [json, 'name=x'],
        [null, 'words'],
        [urlencoded, 'a=b'],
        [type, body],
        ['application/octet-stream', Buffer.from('ff00fe', 'hex')],
      ];
      for (const [sort, bytes] of bodies) {
        const disabled = await send('POST', '/inactive/1', sort, bytes);
        mustBe(disabled, success(200, 'Password successfully deactivated'), String(sort));
        const enabled = await send('POST', '/active/1', sort, bytes);
        mustBe(enabled, success(200, 'Password successfully activated'), String(sort));
      }
      const chunked = await send('POST', '/active/1', json, '', { 'transfer-encoding': 'chunked' });
      mustBe(chunked, success(200, 'Password has already been activated'));
    });

    it('a GET may carry a body, which changes nothing', async () => {
      for (const [type, body] of [
        [json, '{"name":"x"}'],
        [urlencoded, 'name=x'],
        [json, '{'],
        [null, 'words'],
        ['multipart/form-data', 'x'],
        ['none', 'x'],
      ] as const) {
        for (const path of ['', '/1']) {
          const plain = await send('GET', path, null, '');
          const carrying = await send('GET', path, type, body);
          assert.equal(carrying.status, 200, carrying.text);
          assert.equal(carrying.text, plain.text);
          const pieces = await send('GET', path, type, body, { 'transfer-encoding': 'chunked' });
          assert.equal(pieces.text, plain.text);
        }
      }
    });

    it('a GET with a body leaves its connection fit for the next request', async () => {
      const head = `GET /api/mysafe/password/1 HTTP/1.1\r\nHost: safe\r\nAuthorization: ${authorization}\r\n`;
      const first = `${head}Content-Type: ${json}\r\nContent-Length: 7\r\n\r\n{"a":1}`;
      const last = `${head}Connection: close\r\n\r\n`;
      const { port } = new URL(safe.url);
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(first + last);
      let text = '';
      for await (const chunk of socket) text += String(chunk);
      assert.equal(text.match(/HTTP\/1.1 200 OK/g)?.length, 2, text);
    });
  });
}
