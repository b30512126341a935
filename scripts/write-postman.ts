// npm run generate: writes docs/postman/arca-v1.collection.json from the server's own table of operations.

import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Operation } from '../server/src/http/v1/operation.ts';
import { operations } from '../server/src/http/v1/operations.ts';

const collectionFile = join(dirname(import.meta.dirname), 'docs/postman/arca-v1.collection.json');

type Item = { name: string; item?: Item[]; request?: object; event?: object[] };

/** The collection in Postman's form 2.1: a folder for each part of the API, a request for each operation. */
export function postmanCollection(): string {
  // Only the descriptions are looked at; none is run.
  const all = operations({} as never);
  const folders = new Map<string, Item[]>([['token', [tokenRequest()]]]);
  // A file takes an upload: these come first.
  const ordered = [...all.filter(isOfUploads), ...all.filter((one) => !isOfUploads(one))];
  for (const one of ordered) folders.set(folderOf(one), [...(folders.get(folderOf(one)) ?? []), requestOf(one)]);
  const collection = {
    info: {
      name: 'Arca API v1',
      description: 'Made of the table of operations that the server runs. Send the token, or session.start, first.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: [...folders].map(([name, item]) => ({ name, item })),
    variable: [
      'passwordNumber',
      'noteNumber',
      'apiSecretNumber',
      'fileNumber',
      'version',
      'uploadId',
      'cancelledId',
    ].map((key) => ({ key, value: '1' })),
  };
  return `${JSON.stringify(collection, null, 2)}\n`;
}

/** What needs a session is apart, so that the rest of a part can be run with a token alone. */
function folderOf({ path, access }: Operation): string {
  const tag = path.split('/')[1] ?? '';
  return access === 'session or key' ? tag : `${tag} (session)`;
}

function isOfUploads({ path }: Operation): boolean {
  return path.startsWith('/uploads');
}

function tokenRequest(): Item {
  const lines = [
    "pm.test('gives a token', () => pm.response.to.have.status(200));",
    "pm.environment.set('token', pm.response.json().access_token);",
  ];
  const form = ['grant_type=client_credentials', 'client_id={{clientId}}', 'client_secret={{clientSecret}}'];
  return {
    name: 'token',
    request: {
      method: 'POST',
      header: [],
      url: '{{url}}/api/oauth2/token',
      body: {
        mode: 'urlencoded',
        urlencoded: form.map((pair) => {
          const [key, value] = pair.split('=');
          return { key, value };
        }),
      },
    },
    event: [script(lines)],
  };
}

/** Which variable stands for a part of a path. */
const variables: Readonly<Record<string, string>> = {
  kind: 'password',
  number: '{{passwordNumber}}',
  version: '1',
  username: '{{shareWith}}',
  offset: '0',
};
const numbersOf: Readonly<Record<string, string>> = {
  password: 'passwordNumber',
  note: 'noteNumber',
  'api-secret': 'apiSecretNumber',
  file: 'fileNumber',
};

function requestOf(one: Operation): Item {
  const path = one.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => variableOf(one, name));
  const headers = [
    ...(one.body ? [{ key: 'Content-Type', value: 'application/json' }] : []),
    ...(one.bodyMedia ? [{ key: 'Content-Type', value: one.bodyMedia }] : []),
    ...credentialOf(one),
    // Sent by hand for a change: what the read before gave as its ETag.
    ...(one.conditional ? [{ key: 'If-Match', value: '"1"', disabled: true }] : []),
    ...(one.repeatable ? [{ key: 'Idempotency-Key', value: '{{$guid}}' }] : []),
  ];
  return {
    name: one.id,
    request: {
      method: one.method,
      header: headers,
      url: `{{url}}/api/v1${path}`,
      description: [one.summary, one.description].filter(Boolean).join('. '),
      ...(one.examples.body === undefined ? {} : { body: { mode: 'raw', raw: bodyOf(one.examples.body) } }),
      ...(one.bodyMedia === undefined ? {} : { body: { mode: 'raw', raw: content } }),
    },
    event: [script(testsOf(one)), ...(one.id === 'uploads.cancel' ? [beforehand(beginAnother)] : [])],
  };
}

/** What is uploaded. */
const content = 'A file of two lines.\nThis is the second.\n';

const beginAnother = [
  "const url = pm.environment.get('url') + '/api/v1/uploads';",
  "const headers = { Authorization: 'Bearer ' + pm.environment.get('token'), 'Content-Type': 'application/json' };",
  "const body = JSON.stringify({ size: 1, fileName: 'a' });",
  "pm.sendRequest({ url, method: 'POST', header: headers, body: { mode: 'raw', raw: body } }, (_, answer) => {",
  "  pm.collectionVariables.set('cancelledId', answer.json().id);",
  '});',
];

function variableOf({ id, path }: Operation, name: string): string {
  if (name === 'id' && path.startsWith('/uploads')) return id === 'uploads.cancel' ? '{{cancelledId}}' : '{{uploadId}}';
  const [, , kind = ''] = path.split('/');
  if (name === 'number' && numbersOf[kind]) return `{{${numbersOf[kind]}}}`;
  return variables[name] ?? `{{${name}}}`;
}

function credentialOf({ access }: Operation): { key: string; value: string }[] {
  if (access === 'session or key') return [{ key: 'Authorization', value: 'Bearer {{token}}' }];
  if (access === 'anyone') return [];
  return [
    { key: 'Cookie', value: '__Host-arca_session={{session}}' },
    { key: 'Sec-Fetch-Site', value: 'same-origin' },
  ];
}

/** The example of a body, with what must exist, or be new, as variables. */
function bodyOf(example: unknown): string {
  return JSON.stringify(example, null, 2)
    .replaceAll(/("kind": "(password|note|api-secret)",\s+"number": )\d+/g, (_, head: string, kind: string) => {
      return `${head}{{${numbersOf[kind]}}}`;
    })
    .replaceAll('"ben"', '"{{shareWith}}"')
    .replace(/"size": \d+/, `"size": ${content.length}`)
    .replace(/"upload": "\w+"/, '"upload": "{{uploadId}}"')
    .replaceAll('"PAY-1"', '"PAY-{{$timestamp}}"');
}

function testsOf(one: Operation): string[] {
  const allowed = [one.status, ...(one.orStatus === undefined ? [] : [one.orStatus])];
  const lines = [`pm.test('${one.id} is done', () => pm.expect(pm.response.code).to.be.oneOf([${allowed}]));`];
  if (one.answer !== null && one.media === undefined) {
    lines.push(`pm.test('${one.id} answers JSON', () => pm.response.json());`);
  }
  if (one.id === 'uploads.begin') lines.push("pm.collectionVariables.set('uploadId', pm.response.json().id);");
  const [, , kind = ''] = one.path.split('/');
  const number = numbersOf[kind];
  if (one.method === 'POST' && one.path === `/items/${kind}` && number) {
    lines.push(`pm.collectionVariables.set('${number}', pm.response.json().number);`);
  }
  if (one.id === 'session.start') {
    lines.push("const [, session] = /__Host-arca_session=([^;]+)/.exec(pm.response.headers.get('Set-Cookie')) || [];");
    lines.push("if (session) pm.environment.set('session', session);");
  }
  return lines;
}

function beforehand(exec: string[]): object {
  return { listen: 'prerequest', script: { type: 'text/javascript', exec } };
}

function script(exec: string[]): object {
  return { listen: 'test', script: { type: 'text/javascript', exec } };
}

if (import.meta.main) {
  writeFileSync(collectionFile, postmanCollection());
  console.log('docs/postman/arca-v1.collection.json');
}
