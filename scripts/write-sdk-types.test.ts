import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import type { ErrorCode, RefusalDetails } from '../server/src/domain/errors.ts';
import { problemBody, problemRows } from '../server/src/http/v1/problems.ts';
import { problemSchema } from '../server/src/http/v1/schemas.ts';
import type { Document, Schema } from './sdk-types/document.ts';
import { membersByCode } from './sdk-types/problem-types.ts';
import { typeOf } from './sdk-types/schema-type.ts';
import { sdkFiles } from './sdk-types/sdk-files.ts';
import { generatedFiles, generatedFolder } from './write-sdk-types.ts';

const always = new Set(['type', 'title', 'status', 'detail', 'code', 'requestId']);

test('the generated part of the SDK is that of the server as it is; if not: npm run generate', () => {
  const files = generatedFiles();
  assert.deepEqual(readdirSync(generatedFolder).sort(), Object.keys(files).sort());
  for (const [name, text] of Object.entries(files)) {
    assert.equal(readFileSync(join(generatedFolder, name), 'utf8'), text, name);
  }
});

test('a problem is typed with the members that the server sends with its code', () => {
  const item = { kind: 'note', number: 1, version: 1, revision: 1, open: null };
  const asked = { field: 'name', why: 'user_disabled', errors: [], by: 'address', allowed: ['GET'], of: 'user' };
  const details = { ...item, ...asked, limit: 1, retryAfterSeconds: 1 } as unknown as RefusalDetails[ErrorCode];
  const codes = problemRows.map(({ code }) => code);
  const typed = membersByCode(problemSchema as unknown as Schema, codes);
  for (const code of codes) {
    const sent = Object.keys(problemBody({ code: code as ErrorCode, details }, 'r')).filter(
      (name) => !always.has(name),
    );
    assert.deepEqual(sent.sort(), Object.keys(typed.get(code) ?? {}).sort(), code);
  }
});

describe('the type of a schema', () => {
  const rows: [Schema & Record<string, unknown>, string][] = [
    [{}, 'unknown'],
    [{ type: 'string', maxLength: 3 }, 'string'],
    [{ type: 'integer', minimum: 1 }, 'number'],
    [{ const: 'note' }, '"note"'],
    [{ enum: ['a', 'b'] }, '"a" | "b"'],
    [{ anyOf: [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, { type: 'null' }] }, 'string | null'],
    [{ $ref: '#/components/schemas/Item' }, 'Item'],
    [{ type: 'array', items: { $ref: '#/components/schemas/Item' } }, 'Item[]'],
    [{ type: 'array', items: { enum: ['a', 'b'] } }, 'Array<"a" | "b">'],
    [{ type: 'object', properties: {}, additionalProperties: true }, 'Record<string, unknown>'],
    [{ type: 'object', additionalProperties: { type: 'boolean' } }, 'Record<string, boolean>'],
    [{ type: 'object', patternProperties: { '^.*$': { type: 'integer' } } }, 'Record<string, number>'],
    [{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }, '{ a: string; }'],
    [{ type: 'object', properties: { 'a-b': { type: 'string' } } }, '{ "a-b"?: string | undefined; }'],
    [
      { type: 'object', properties: { a: { type: 'null', description: 'Ends */ here.' } }, required: ['a'] },
      '{\n/** Ends * / here. */\na: null;\n}',
    ],
  ];
  for (const [schema, type] of rows) it(`is ${type}`, () => assert.equal(typeOf(schema), type));

  it('is never guessed', () => {
    for (const schema of [
      { type: 'file' },
      { not: {} },
      { allOf: [] },
      { type: 'object', properties: { a: { oneOf: [] } } },
    ]) {
      assert.throws(() => typeOf(schema as Schema), /^Error: no type for the schema/);
    }
  });
});

describe('what one object of path, query and body cannot hold is refused', () => {
  const strict = { type: 'object', additionalProperties: false } as const;
  const parameter = (name: string, place: 'path' | 'query') => ({
    name,
    in: place,
    required: true,
    schema: { type: 'string' },
  });
  const refused: [string, object, RegExp][] = [
    [
      'a name in two places',
      { parameters: [parameter('id', 'path')], requestBody: bodyOf({ ...strict, properties: { id: {} } }) },
      /things\.do takes `id` in two places/,
    ],
    ['a list as body', { requestBody: bodyOf({ type: 'array' }) }, /the body of things\.do is no object/],
    [
      'a body of unknown members',
      { requestBody: bodyOf({ type: 'object', additionalProperties: true }) },
      /the body of things\.do is no object/,
    ],
    [
      'a file as body',
      { requestBody: { required: true, content: { 'text/csv': { schema: {} } } } },
      /the body of things\.do is not JSON/,
    ],
    [
      'an optional body that must not be empty',
      { requestBody: { ...bodyOf({ ...strict, properties: { a: {} }, required: ['a'] }), required: false } },
      /things\.do may do without a body/,
    ],
    [
      'a page that cannot be asked for',
      { responses: answered({ ...strict, properties: { next: {}, all: { type: 'array' } } }) },
      /things\.do answers with `next`/,
    ],
    [
      'a page of two lists',
      {
        parameters: [parameter('cursor', 'query')],
        responses: answered({ ...strict, properties: { next: {}, a: { type: 'array' }, b: { type: 'array' } } }),
      },
      /things\.do answers with `next`/,
    ],
  ];
  for (const [what, part, message] of refused) {
    it(what, () => assert.throws(() => sdkFiles(documentOf(part), []), message));
  }

  it('a problem member that does not say of which codes it is', () => {
    const problem = (description: string) => ({
      ...strict,
      properties: { code: { type: 'string' }, moon: { type: 'integer', description } },
      required: ['code'],
    });
    const files = (description: string) => sdkFiles(documentOf({}, { Problem: problem(description) }), ['full']);
    assert.throws(() => files('How full.'), /member moon does not say of which codes it is/);
    assert.throws(() => files('Of `fool`: how full.'), /member moon does not say/);
    assert.match(
      files('Of `full`: how full.')['problems.ts'] ?? '',
      /full: \{\n\/\*\* how full\. \*\/\nmoon: number;\n\}/,
    );
  });

  function bodyOf(schema: Schema) {
    return { required: true, content: { 'application/json': { schema } } };
  }
  function answered(schema: Schema) {
    return { 200: { content: { 'application/json': { schema } } } };
  }
  function documentOf(part: object, schemas: Record<string, Schema> = {}): Document {
    const operation = { operationId: 'things.do', summary: '', security: [], parameters: [], responses: {}, ...part };
    return { paths: { '/api/v1/things': { post: operation } }, components: { schemas } } as Document;
  }
});
