import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ReadRecord, Receipt } from '../../domain/import.ts';
import type { Kind } from '../../domain/kind.ts';
import { splitTags } from '../../domain/tags.ts';
import { mostRecords } from '../file-problem.ts';
import { type Json, listOf, plain, recordOf } from '../file-text.ts';
import { callMySafe, type Sent } from './call-mysafe.ts';
import { SourceAnswered, SourceProblem } from './source-problem.ts';

type Source = { url: string; clientId: string; clientSecret: string };

/** A kind on the wire of MySafe: its path, where its answers hold it, and which of its fields is which of ours. */
const wireKinds: readonly {
  kind: Kind;
  path: string;
  list: string;
  entity: string;
  fields: Readonly<Record<string, string>>;
}[] = [
  {
    ...{ kind: 'password', path: 'password', list: 'password_on_list', entity: 'password_entity' },
    fields: {
      name: 'name',
      username: 'username',
      password: 'password',
      url: 'url',
      totp: 'secret_key',
      notes: 'notes',
    },
  },
  {
    ...{ kind: 'note', path: 'note', list: 'note_on_list', entity: 'note_entity' },
    fields: { name: 'name', note: 'note' },
  },
  {
    ...{ kind: 'api-secret', path: 'secretapi', list: 'api_secret_on_list', entity: 'api_secret_entity' },
    fields: {
      ...{ name: 'name', url: 'url', clientId: 'client_id', clientSecret: 'client_secret', notes: 'notes' },
      ...{ identifierCode: 'identifier_code', method: 'method' },
    },
  },
];

/** What one call may fetch at once; the other safe counts each as a reveal. */
const atOnce = 4;

/**
 * Fetches all that an access key of another MySafe reaches, item by item over its wire. The receipt tells how many of each
 * kind came, and a SHA-256 over the digest of each answer, in the order of its lists. Throws SourceProblem.
 */
export function mySafeReader(listed: readonly string[], caFile: string | null, mustBeTls: boolean) {
  return async ({ url, clientId, clientSecret }: Source): Promise<{ records: ReadRecord[]; receipt: Receipt }> => {
    const base = URL.parse(url);
    if (base === null || !/^https?:$/.test(base.protocol) || base.username !== '' || base.password !== '') {
      throw new SourceProblem('The address must be an http or https URL without credentials');
    }
    if (mustBeTls && base.protocol !== 'https:') throw new SourceProblem('This safe calls others by https alone');
    const outbound = { listed, ca: caFile === null ? null : readFileSync(caFile) };
    const call = async (sent: Sent): Promise<Json> => {
      const { status, json } = await callMySafe(base, sent, outbound);
      if (status < 200 || status > 299) throw new SourceAnswered(status);
      return json;
    };
    const credentials = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const newToken = async (): Promise<string> => {
      const answer = await call({ method: 'POST', path: '/api/oauth2/token', token: null, body: credentials });
      const given = plain(answer.access_token);
      if (given === '') throw new SourceProblem('It gives no token');
      return given;
    };
    let token = Promise.resolve(await newToken());
    const get = async (path: string): Promise<Json> => {
      const used = token;
      try {
        return await call({ method: 'GET', path: `/api/mysafe/${path}`, token: await used });
      } catch (thrown) {
        if (!(thrown instanceof SourceAnswered) || thrown.status !== 401) throw thrown;
        // The token may have expired over a long list: one more, for all calls that met its end together.
        if (token === used) token = newToken();
        return call({ method: 'GET', path: `/api/mysafe/${path}`, token: await token });
      }
    };
    const records: ReadRecord[] = [];
    const counts: Record<string, number> = {};
    const digest = createHash('sha256');
    for (const wire of wireKinds) {
      const numbers = listOf((await get(wire.path))[wire.list]).map((one) => plain(recordOf(one).identifier));
      if (records.length + numbers.length > mostRecords)
        throw new SourceProblem(`It gives more than ${mostRecords} records`);
      for (let at = 0; at < numbers.length; at += atOnce) {
        const some = numbers.slice(at, at + atOnce);
        const found = await Promise.all(some.map((number) => one(get, wire, number)));
        for (const { record, answered } of found) {
          records.push(record);
          const hash = createHash('sha256').update(answered).digest('hex');
          digest.update(`${wire.kind} ${record.line} ${hash}\n`);
        }
      }
      counts[wire.kind] = numbers.length;
    }
    return { records, receipt: { from: base.origin, counts, digest: digest.digest('hex') } };
  };
}

/** An item that does not leave the other safe, for it asks for a reason or an approval, is told as a rejected row. */
async function one(
  get: (path: string) => Promise<Json>,
  { kind, path, entity, fields }: (typeof wireKinds)[number],
  number: string,
): Promise<{ record: ReadRecord; answered: string }> {
  if (!/^[1-9]\d{0,14}$/.test(number)) throw new SourceProblem('It answers with an identifier that is no number');
  const line = Number(number);
  try {
    const found = recordOf((await get(`${path}/${number}`))[entity]);
    const ours = Object.entries(fields).map(([field, theirs]) => [field, plain(found[theirs])]);
    const tags = splitTags(plain(found.tags));
    const known = [...Object.values(fields), 'identifier', 'token', 'tags', 'users_allowed', 'groups_allowed'];
    const extra = Object.entries(found).filter(([name, value]) => !known.includes(name) && plain(value) !== '');
    // The code of the moment is none of what the item holds.
    const { token: _, ...lasting } = found;
    const record = {
      ...{ line, kind, fields: { ...Object.fromEntries(ours), tags }, left: [] },
      extra: extra.map(([name, value]) => [name, plain(value)] as const),
    };
    return { record, answered: JSON.stringify(lasting) };
  } catch (thrown) {
    if (!(thrown instanceof SourceAnswered) || thrown.status !== 400) throw thrown;
    const refused = 'the other safe does not let it leave';
    return { record: { line, kind, fields: {}, extra: [], left: [], refused }, answered: '' };
  }
}
