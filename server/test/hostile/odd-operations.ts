import type { Operation } from '../../src/http/v1/operation.ts';
import { operations } from '../../src/http/v1/operations.ts';
import { anyPassword } from '../start-safe.ts';
import type { Cast, Player } from './cast.ts';
import type { Chance } from './chance.ts';
import { bendPath, frame, oddHeaders } from './odd-http.ts';
import { heavyBodies, oddIdentifiers, oddJson, oddTexts, oddTypes } from './odd-values.ts';
import { type OddRequest, oddMethods } from './odd-wire.ts';
import { jsonBySchema, type RightTexts, type Schema, textBySchema } from './schema-values.ts';

// Only the descriptions are looked at; none is run.
export const allOperations: readonly Operation[] = operations({} as never);

/** What hashes a password, makes keys or ends sessions takes long, at once or to put right: seldom. */
const slow =
  /^(session\.\w+|sessions\.end\w*|users\.(add|setPassword|endSessions)|profile\.changePassword|setUp\.finish|safeKeys\.rotate)$/;

export function oddOperation(chance: Chance, cast: Cast): OddRequest {
  let one = chance.pick(allOperations);
  while (slow.test(one.id) && !chance.onceIn(6)) one = chance.pick(allOperations);
  // A third of the requests are right in all parts: what does nothing finds little.
  const bend = chance.pick([0, 8, 30]);
  const texts = textsOf(chance, cast);
  const player = chance.pick(cast.people);
  const route = `/api/v1${pathOf(chance, one, player, texts, bend)}`;
  const bent = bend > 0 ? bendPath(chance, route) : route;
  const path = bent + queryOf(chance, one, texts, bend);
  const method = bend > 0 && chance.onceIn(20) ? chance.pick(oddMethods) : one.method;
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: safe.example', ...credentialOf(chance, one, player, cast, bend)];
  if (bend > 0) lines.push(...oddHeaders(chance));
  if (one.repeatable && chance.onceIn(3)) lines.push(`Idempotency-Key: ${keyOf(chance, bend)}`);
  if (chance.onceIn(one.conditional ? 3 : 20)) lines.push(`If-Match: ${revisionOf(chance, bend)}`);
  if (chance.onceIn(20)) lines.push(`If-None-Match: ${chance.pick(['*', '"x"', 'W/"1"', ','.repeat(3000), '"'])}`);
  const body = bodyOf(chance, one, texts, bend);
  if (body.length > 0) {
    const type = bend > 0 && chance.onceIn(10) ? chance.pick(oddTypes) : 'application/json';
    lines.push(`Content-Type: ${type}`);
  }
  const { framing, content } = frame(chance, body);
  const head = Buffer.from(`${[...lines, ...framing].join('\r\n')}\r\n\r\n`, 'latin1');
  const isStraight = bent === route && method === one.method;
  return { method, path, bytes: Buffer.concat([head, content]), operation: isStraight ? one : null };
}

function textsOf(chance: Chance, cast: Cast): RightTexts {
  const people = [...cast.people.map(({ username }) => username), 'nobody'];
  const passwords = [anyPassword, 'nine paper lanterns 63'];
  return {
    // The last one is hardly ever taken, and can be added.
    username: [...people, `new-${chance.below(100_000)}`],
    users: people,
    owner: ['me', 'others', ...people],
    newOwner: people,
    password: passwords,
    currentPassword: passwords,
    email: ['someone@example.com', ''],
    kind: ['password', 'note', 'api-secret'],
    url: ['https://a.example/path'],
    totp: ['JBSWY3DPEHPK3PXP'],
    addresses: ['127.0.0.1', '10.0.0.0/8', '*', '::1'],
    address: ['127.0.0.1', '::1'],
    referers: ['https://a.example'],
    fingerprint: ['ab'.repeat(32)],
    code: ['123456'],
    recoveryCode: ['k3mp-9xwr-tq2n-h7ds-4vbe-zc8y'],
    format: ['jsonl'],
    groups: ['crew', 'word 1'],
    group: ['crew', 'word 1'],
    cursor: ['x', Buffer.from('[1,2]').toString('base64url')],
  };
}

/** Below are the keys by which the wire is called: who revokes those hears nothing more from it. */
const firstFreeKey = 6;

function pathOf(chance: Chance, one: Operation, { own }: Player, texts: RightTexts, bend: number): string {
  const schemas = ((one.params as Schema | undefined)?.properties ?? {}) as Record<string, Schema>;
  const [noun = ''] = one.id.split('.');
  let kind = '';
  return one.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const isKey = noun === 'accessKeys' && name === 'id';
    const odd = chance.pick(oddIdentifiers);
    if (bend > 0 && chance.onceIn(8)) return isKey && Number(decodeOr(odd)) < firstFreeKey ? '0' : odd;
    if (isKey && chance.onceIn(2)) return String(firstFreeKey + chance.below(12));
    const mine = own[name === 'number' ? kind || one.path.split('/')[2] || '' : noun];
    if ((name === 'id' || name === 'number') && mine !== undefined && (isKey || !chance.onceIn(3))) return String(mine);
    const text = plainText(chance, schemas[name] ?? {}, texts, bend, name);
    if (name === 'kind') kind = text;
    return encodeURIComponent(text);
  });
}

function decodeOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A value as a path or a query spells it. */
function plainText(chance: Chance, schema: Schema, texts: RightTexts, bend: number, name: string): string {
  if (schema.enum || schema.type !== 'string') {
    return jsonBySchema(chance, schema, texts, bend * 4, name)
      .replaceAll(/^"|"$/g, '')
      .toWellFormed();
  }
  return textBySchema(chance, schema, texts, bend, name).toWellFormed();
}

function queryOf(chance: Chance, { query }: Operation, texts: RightTexts, bend: number): string {
  const schemas = Object.entries(((query as Schema | undefined)?.properties ?? {}) as Record<string, Schema>);
  const required = (query as Schema | undefined)?.required ?? [];
  const pairs = schemas.flatMap(([name, schema]) => {
    if (!required.includes(name) && !chance.onceIn(5)) return [];
    const pair = () => `${name}=${encodeURIComponent(plainText(chance, schema, texts, bend, name))}`;
    return bend > 0 && chance.onceIn(12) ? [pair(), pair()] : [pair()];
  });
  if (bend > 0 && chance.onceIn(10)) {
    const names = ['__proto__', 'constructor', 'limit[]', 'limit[a]', 'x', '%00', '%zz', '%', 'toString'];
    const values = [
      '1',
      '',
      '1.5',
      '%ED%A0%80',
      '%ff',
      '%00',
      '1e3',
      encodeURIComponent(chance.pick(oddTexts.filter((text) => text.isWellFormed()))),
    ];
    pairs.push(`${chance.pick(names)}=${chance.pick(values)}`);
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function credentialOf(
  chance: Chance,
  { access }: Operation,
  { cookie }: Player,
  { tokens }: Cast,
  bend: number,
): string[] {
  const session = [`Cookie: ${cookie}`, 'Sec-Fetch-Site: same-origin'];
  if (bend > 0) {
    switch (chance.below(40)) {
      case 0:
        return [];
      case 1:
        return [`Cookie: ${cookie}`];
      case 2:
        return [`Cookie: ${cookie}`, `Origin: ${chance.pick(['null', 'https://evil.example', '', 'x'])}`];
      case 3:
        return [`Cookie: ${cookie.slice(0, -3)}`, 'Sec-Fetch-Site: same-origin'];
      case 4:
        return [`Cookie: ${'a=b; '.repeat(300)}${cookie}`, 'Sec-Fetch-Site: same-site'];
      case 5:
        return [`Authorization: Bearer ${chance.pick(tokens).slice(0, 40)}`, ...session];
      default:
    }
  }
  return access === 'session or key' && chance.onceIn(3) ? [`Authorization: Bearer ${chance.pick(tokens)}`] : session;
}

const keyOf = (chance: Chance, bend: number): string =>
  bend > 0 && chance.onceIn(6) ? 'k'.repeat(255 + chance.below(3)) : `key-${chance.below(1000)}`;

const revisionOf = (chance: Chance, bend: number): string =>
  bend > 0 && chance.onceIn(2)
    ? chance.pick(['*', '""', '"1', 'W/"1"', '"99999999999999999"', '"1", "2"', '"-1"', '"1.5"'])
    : `"${1 + chance.below(4)}"`;

function bodyOf(chance: Chance, { id, body }: Operation, texts: RightTexts, bend: number): Buffer {
  if (!body) return bend > 0 && chance.onceIn(10) ? Buffer.from(oddJson(chance)) : Buffer.alloc(0);
  if (bend > 0) {
    switch (chance.below(30)) {
      case 0:
        return Buffer.alloc(0);
      case 1:
        return Buffer.from(chance.pick(heavyBodies));
      case 2:
        return chance.bytes(chance.below(300));
      case 3:
        return Buffer.from(jsonBySchema(chance, body as Schema, texts, bend)).subarray(1);
      case 4:
        return Buffer.from(jsonBySchema(chance, body as Schema, texts, bend), chance.pick(['utf16le', 'latin1']));
      default:
    }
  }
  const text = jsonBySchema(chance, body as Schema, texts, bend);
  // To make a key pair takes seconds.
  const isHeavy = /^accessKeys\.(add|clone)$/.test(id) && !chance.onceIn(60);
  return Buffer.from(isHeavy ? text.replaceAll(/"(rsa-oaep|jwe)[\w-]*"/g, '"none"') : text);
}
