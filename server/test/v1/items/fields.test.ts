import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engineOf, type Person, startSafe, type TestSafe } from '../../start-safe.ts';
import { done, mustBeInvalid, mustRefuse } from '../problem.ts';
import { v1Kinds } from './v1-kinds.ts';

/** Limits count code points: one byte, two bytes, two units of UTF-16, and a letter with a mark that counts by itself. */
const characters = ['x', 'é', '😀', 'e\u0301'];
const filled = (character: string, length: number) => [...character.repeat(length)].slice(0, length).join('');

type Made = { number: number; revision: number } & Record<string, unknown>;
type Revealed = { open: Record<string, unknown>; secrets: Record<string, unknown> };

for (const engine of engineOf(import.meta.filename)) {
  describe(`fields over our own API on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
    });
    after(() => safe.close());

    for (const { kind, path, least, fields } of v1Kinds) {
      for (const { field, most, required, secret } of fields) {
        it(`${field} of a ${kind}: ${most} characters, and no more`, async () => {
          for (const character of characters) {
            const longest = filled(character, most);
            const { number } = done<Made>(await ana.call('POST', path, { ...least, [field]: longest }), 201);
            const { open, secrets } = done<Revealed>(await ana.call('POST', `${path}/${number}/reveal`));
            assert.equal((secret ? secrets : open)[field], longest);
            const longer = { [field]: `${longest}x` };
            mustBeInvalid(await ana.call('POST', path, { ...least, ...longer }), [field]);
            mustBeInvalid(await ana.call('PATCH', `${path}/${number}`, longer), [field]);
          }
        });

        it(`${field} of a ${kind}: of no other type, and no half character`, async () => {
          const { number } = done<Made>(await ana.call('POST', path, least), 201);
          for (const wrong of [1, true, {}, [], ['x']]) {
            mustBeInvalid(await ana.call('POST', path, { ...least, [field]: wrong }), [field], JSON.stringify(wrong));
            mustBeInvalid(await ana.call('PATCH', `${path}/${number}`, { [field]: wrong }), [field]);
          }
          mustBeInvalid(await ana.call('PATCH', `${path}/${number}`, { [field]: 'a\ud800' }), [field]);
        });

        if (required) {
          it(`${field} of a ${kind} must be informed`, async () => {
            const { [field]: _, ...without } = least;
            mustBeInvalid(await ana.call('POST', path, without), [field]);
            for (const blank of ['', '   ']) {
              mustBeInvalid(await ana.call('POST', path, { ...least, [field]: blank }), [field]);
            }
            mustBeInvalid(await ana.call('POST', path, { ...least, [field]: null }), [field]);
            const { number } = done<Made>(await ana.call('POST', path, least), 201);
            for (const blank of ['', null]) {
              mustBeInvalid(await ana.call('PATCH', `${path}/${number}`, { [field]: blank }), [field]);
            }
          });
        } else {
          it(`${field} of a ${kind} is cleared by null and by an empty text`, async () => {
            for (const blank of ['', null]) {
              const { number } = done<Made>(await ana.call('POST', path, { ...least, [field]: 'kept' }), 201);
              done(await ana.call('PATCH', `${path}/${number}`, { [field]: blank }));
              const { open, secrets } = done<Revealed>(await ana.call('POST', `${path}/${number}/reveal`));
              assert.equal((secret ? secrets : open)[field], '');
            }
          });
        }
        if (secret) {
          it(`a ${kind} tells whether there is something in ${field}, and not what`, async () => {
            const { number } = done<Made>(await ana.call('POST', path, { ...least, [field]: 'kept apart' }), 201);
            const read = async () => (await ana.call('GET', `${path}/${number}`)).text;
            assert.ok((JSON.parse(await read()) as { filled: string[] }).filled.includes(field));
            assert.ok(!(await read()).includes('kept apart'));
            if (required) return;
            done(await ana.call('PATCH', `${path}/${number}`, { [field]: null }));
            assert.ok(!(JSON.parse(await read()) as { filled: string[] }).filled.includes(field));
          });
        }
      }

      it(`tags of a ${kind}: 50 of 255 characters, and no more; repeats and blanks are dropped`, async () => {
        const fifty = Array.from({ length: 50 }, (_, at) => `${String(at).padEnd(2, '.')}${'😀'.repeat(253)}`);
        assert.deepEqual(done<Made>(await ana.call('POST', path, { ...least, tags: fifty }), 201).tags, fifty);
        const untidy = done<Made>(await ana.call('POST', path, { ...least, tags: [' a ', 'a', '', 'b,c'] }), 201);
        assert.deepEqual(untidy.tags, ['a', 'b,c']);
        mustBeInvalid(await ana.call('POST', path, { ...least, tags: [...fifty, 'x'] }), ['tags']);
        mustBeInvalid(await ana.call('POST', path, { ...least, tags: ['😀'.repeat(256)] }), ['tags.0']);
        mustBeInvalid(await ana.call('POST', path, { ...least, tags: 'a, b' }), ['tags']);
      });

      it(`a ${kind} tells of every place that does not fit, and of what is not known`, async () => {
        const wrong = { ...least, name: 7, tags: [1], color: 'red', owner: 'ben' };
        mustBeInvalid(await ana.call('POST', path, wrong), ['color', 'owner', 'name', 'tags.0']);
      });
    }

    it('the seed of codes is base32 or an otpauth URI, read back as a URI', async () => {
      const path = '/api/v1/items/password';
      const least = { name: 'mail', username: 'ana', password: 'pw' };
      const uri =
        'otpauth://totp/Arca:ana?secret=jbsw%20y3dp-ehpk3pxp&issuer=Arca&algorithm=SHA-512&digits=8&period=60';
      const rows: [string, string][] = [
        ['jbswy3dpehpk3pxp===', 'secret=JBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30'],
        ['otpauth://totp/x?secret=JBSWY3DPEHPK3PXP', 'secret=JBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30'],
        [uri, 'secret=JBSWY3DPEHPK3PXP&algorithm=SHA512&digits=8&period=60'],
      ];
      for (const [totp, read] of rows) {
        const { number } = done<Made>(await ana.call('POST', path, { ...least, totp }), 201);
        const { secrets } = done<Revealed>(await ana.call('POST', `${path}/${number}/reveal`));
        assert.equal(secrets.totp, `otpauth://totp/mail?${read}`);
        assert.match(String(secrets.code), read.includes('digits=8') ? /^\d{8}$/ : /^\d{6}$/);
        // What was read can be sent again, and changes nothing.
        const { revision } = done<Made>(await ana.call('PATCH', `${path}/${number}`, { totp: secrets.totp }));
        assert.equal(revision, 1);
      }
      for (const totp of [
        'short',
        'JBSWY3DPEHPK3PX1',
        'otpauth://hotp/x?secret=JBSWY3DPEHPK3PXP',
        'otpauth://totp/x',
        'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&digits=9',
        'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&period=0',
        'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&algorithm=MD5',
      ]) {
        mustBeInvalid(await ana.call('POST', path, { ...least, totp }), ['totp'], totp);
      }
    });

    it('an identifier code is unique among the API secrets of its owner', async () => {
      const path = '/api/v1/items/api-secret';
      const least = { name: 'pay', url: 'https://pay.example.com', clientId: 'shop' };
      const first = done<Made>(await ana.call('POST', path, { ...least, identifierCode: 'One' }), 201);
      mustRefuse(await ana.call('POST', path, { ...least, identifierCode: 'ONE' }), 409, 'identifier_code_taken');
      const other = done<Made>(await ana.call('POST', path, { ...least, identifierCode: 'two' }), 201);
      const taken = await ana.call('PATCH', `${path}/${other.number}`, { identifierCode: 'one' });
      mustRefuse(taken, 409, 'identifier_code_taken');
      done(await ana.call('PATCH', `${path}/${first.number}`, { identifierCode: 'one' }));
      const ben = await safe.person('ben');
      done(await ben.call('POST', path, { ...least, identifierCode: 'one' }), 201);
    });

    it('a body is JSON in UTF-8 that says so', async () => {
      const path = '/api/v1/items/note';
      const json = { 'content-type': 'application/json' };
      mustRefuse(
        await ana.call('POST', path, 'name=x&note=y', { 'content-type': 'application/x-www-form-urlencoded' }),
        415,
        'media_type_unknown',
      );
      mustRefuse(
        await ana.call('POST', path, '{"name":"x","note":"y"}', { 'content-type': 'text/plain' }),
        415,
        'media_type_unknown',
      );
      for (const body of ['', '{', 'nope', '{"name":"x","note":"y"}}', Buffer.from([0x7b, 0xff, 0x7d])]) {
        mustRefuse(await ana.call('POST', path, body, json), 400, 'body_unreadable', String(body));
      }
      mustBeInvalid(await ana.call('POST', path, '[]', json), ['']);
      mustRefuse(await ana.call('POST', path, { name: 'x', note: 'y'.repeat(1024 * 1024) }), 413, 'body_too_large');
      done(
        await ana.call('POST', path, '{"name":"x","note":"y"}', { 'content-type': 'application/json; charset=utf-8' }),
        201,
      );
    });
  });
}
