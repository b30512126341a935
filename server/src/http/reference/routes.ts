import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Document, type ProblemRow, referencePage } from './page.ts';

const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The OpenAPI document and the page that is made of it. Both are public: they tell nothing of a safe's content. They are made
 * when somebody first asks: a safe that nobody asks for them starts sooner and holds some megabytes less.
 */
export function reference(makeDocument: () => object, problems: readonly ProblemRow[]) {
  const document = once(makeDocument);
  const json = once(() => JSON.stringify(document()));
  const page = once(() => referencePage(document() as Document, problems));
  const style = once(() => readFileSync(new URL('./reference.css', import.meta.url), 'utf8'));
  const sends = (type: string, text: () => string) => (_request: FastifyRequest, reply: FastifyReply) =>
    reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-cache' }).type(type).send(text());

  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.get('/api/v1/openapi.json', sends('application/json', json));
    app.get('/docs', sends('text/html; charset=utf-8', page));
    app.get('/docs/reference.css', sends('text/css; charset=utf-8', style));
    done();
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
