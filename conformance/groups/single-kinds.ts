import { answerOf, invalid } from '../envelopes.ts';
import type { Exchange, Known, Request } from '../exchange.ts';
import type { Content, WireKind } from '../kinds.ts';
import { published } from '../published.ts';
import { form, get, json, sendForm, sendJson, sendMultipart, withHeaders, withoutType } from '../request.ts';
import { least } from './content.ts';
import { createdAs, exchangeOf, readAs } from './of-kind.ts';

/** What only one kind has, or what is asked of one kind because it holds for all. */
export const single: Readonly<Record<WireKind['path'], (kind: WireKind) => Exchange[]>> = {
  password: (kind) => {
    const exchange = exchangeOf(kind, { needs: 'write' });
    const refused = (name: string, more: object, field: string): Exchange =>
      exchange(
        `create-${name}`,
        (known) => sendJson('POST', '/mysafe/password', { ...least(kind, known), ...more }),
        invalid(field),
      );
    const seeded = (known: Known, secret_key: string): Content => ({ ...least(kind, known), secret_key });
    return [
      exchange(
        'create-with-seed-in-lower-case',
        (known) => sendJson('POST', '/mysafe/password', seeded(known, 'jbswy3dpehpk3pxp====')),
        (known) => createdAs(kind, least(kind, known)),
      ),
      exchange(
        'read-seed-in-upper-case',
        (_known, identifier) => get(`/mysafe/password/${identifier}`),
        (known, identifier) => readAs(kind, seeded(known, 'JBSWY3DPEHPK3PXP'), identifier),
        { after: 'password-create-with-seed-in-lower-case' },
      ),
      refused('with-seed-not-base32', { secret_key: 'JBSWY3DPEHPK3PX1' }, 'secret_key'),
      refused('with-seed-too-short', { secret_key: 'JBSWY3DPE' }, 'secret_key'),
      refused('with-too-many-shares', { users_allowed: Array(1001).fill({ username: 'x' }) }, 'users_allowed'),
      refused('with-too-large-body', { notes: 'x'.repeat(1024 * 1024) }, 'body'),
    ];
  },

  note: (kind) => {
    const exchange = exchangeOf(kind, { needs: 'write' });
    const items = '/mysafe/note';
    const longest = (known: Known): Content => ({ ...least(kind, known), note: '\u{1f511}'.repeat(900) });
    const content = (known: Known) => least(kind, known) as Record<string, string>;
    const inForm = (known: Known) => sendForm(items, content(known));
    const made = (name: string, ask: (known: Known) => Request): Exchange =>
      exchange(`create-by-${name}`, ask, (known) => createdAs(kind, content(known)));
    const madeSharing = (name: string, ask: (known: Known) => Request): Exchange =>
      exchange(`create-by-${name}`, ask, (known) =>
        createdAs(kind, content(known), [{ username: known.mark, message: 'User not found' }]),
      );
    return [
      exchange(
        'create-too-long',
        (known) => sendJson('POST', items, { ...published('note-create-too-long').request, name: content(known).name }),
        answerOf('note-create-too-long'),
      ),
      exchange(
        'create-longest',
        (known) => sendJson('POST', items, longest(known)),
        (known) => createdAs(kind, longest(known)),
      ),
      made('form-called-json', (known) => withHeaders(inForm(known), { 'content-type': json })),
      made('json-called-form', (known) =>
        withHeaders(sendJson('POST', items, content(known)), { 'content-type': form }),
      ),
      made('json-without-type', (known) => withoutType(sendJson('POST', items, content(known)))),
      madeSharing('form', (known) =>
        sendForm(items, {
          ...content(known),
          'users_allowed[0][username]': known.mark,
          'users_allowed[0][can_edit]': '1',
        }),
      ),
      madeSharing('multipart', (known) =>
        sendMultipart(items, { ...content(known), users_allowed: JSON.stringify([{ username: known.mark }]) }),
      ),
    ];
  },

  secretapi: (kind) => {
    const exchange = exchangeOf(kind, { needs: 'write' });
    const items = '/mysafe/secretapi';
    const taken = answerOf('secretapi-update-duplicate-identifier');
    const code = ({ mark }: Known) => `${mark}-code`;
    const withCode = (known: Known, identifier_code: string): Content => ({ ...least(kind, known), identifier_code });
    const another = (known: Known) => withCode(known, `${code(known)}-another`);
    const creating = (content: (known: Known) => Content) => (known: Known) => sendJson('POST', items, content(known));
    const after = { after: 'secretapi-create-with-code' };
    return [
      exchange(
        'create-with-code',
        creating((known) => withCode(known, code(known))),
        (known) => createdAs(kind, withCode(known, code(known))),
      ),
      exchange(
        'create-with-code-taken',
        creating((known) => withCode(known, code(known).toUpperCase())),
        taken,
        after,
      ),
      exchange('create-with-another-code', creating(another), (known) => createdAs(kind, another(known)), after),
      exchange(
        'update-duplicate-identifier',
        (known, identifier) => sendJson('PUT', `${items}/update/${identifier}`, { identifier_code: code(known) }),
        taken,
        { after: 'secretapi-create-with-another-code' },
      ),
    ];
  },
};
