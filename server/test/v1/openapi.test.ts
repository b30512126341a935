import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Check } from 'typebox/value';
import type { openApiDocument } from '../../src/http/v1/openapi.ts';
import { operations } from '../../src/http/v1/operations.ts';
import { problemRows } from '../../src/http/v1/problems.ts';
import { startSafe, type TestSafe } from '../start-safe.ts';

const all = operations({} as never);

describe('the OpenAPI document', () => {
  let safe: TestSafe;
  let document: ReturnType<typeof openApiDocument>;
  before(async () => {
    safe = await startSafe('sqlite');
    const { json, headers } = await safe.call('GET', '/api/v1/openapi.json');
    assert.match(headers.get('content-type') ?? '', /^application\/json/);
    document = json as typeof document;
  });
  after(() => safe.close());

  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    assert.ok(valid, JSON.stringify(errors));
    assert.equal(document.openapi, '3.1.0');
  });

  it('tells of every operation, and the server has each', async () => {
    const told = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = all.map(({ method, path }) => `${method} /api/v1${path}`);
    assert.deepEqual(told.sort(), routes.sort());
    for (const { method, path, access } of all) {
      const { status, json } = await safe.call(method, `/api/v1${path.replaceAll(/\{\w+\}/g, '1')}`);
      const { code } = json as { code: string };
      // Nobody is asked for no credential where one is needed, and what needs none still wants a body.
      assert.notEqual(code, 'route_unknown', `${method} ${path}`);
      if (access !== 'anyone') assert.equal(status, 401, `${method} ${path}: ${code}`);
    }
  });

  it('gives each operation a name of its own', () => {
    const names = all.map((one) => one.id);
    assert.deepEqual(
      names.filter((name, at) => names.indexOf(name) !== at),
      [],
    );
    for (const name of names) assert.match(name, /^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);
  });

  for (const one of all) {
    it(`shows ${one.id} with examples that fit it`, () => {
      const { body, answer } = one.examples;
      if (one.body && !one.bodyOptional) assert.ok(body, 'an example of its body');
      if (body !== undefined) assert.ok(one.body && Check(one.body, body), 'the example of its body fits');
      if (one.answer === null || one.media !== undefined) return;
      assert.ok(answer, 'an example of its answer');
      assert.ok(Check(one.answer, answer), 'the example of its answer fits');
    });
  }

  it('leads every code of a problem to its place in the reference', async () => {
    const { text, headers } = await safe.call('GET', '/docs');
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
    for (const { code } of problemRows) assert.ok(text.includes(`id="${code}"`), code);
    for (const { id } of all) assert.ok(text.includes(`id="${id}"`), id);
  });

  it('has a reference page without script, under a policy that allows none', async () => {
    const { text, headers } = await safe.call('GET', '/docs');
    assert.equal(
      headers.get('content-security-policy'),
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    assert.doesNotMatch(text, /<script|style=|\son\w+=/i);
    const style = await safe.call('GET', '/docs/reference.css');
    assert.equal(style.headers.get('content-type'), 'text/css; charset=utf-8');
    const hrefs = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    for (const id of new Set(hrefs)) assert.ok(text.includes(`id="${id}"`), `#${id}`);
  });
});
