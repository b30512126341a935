import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Document, type ProblemRow, referencePage } from './page.ts';

const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The OpenAPI document and the page that is made of it. Both are public: they tell nothing of a safe's content. */
export function reference(document: object, problems: readonly ProblemRow[]) {
  const json = JSON.stringify(document);
  const page = referencePage(document as Document, problems);
  const style = readFileSync(join(import.meta.dirname, 'reference.css'), 'utf8');
  const sends = (type: string, text: string) => (_request: FastifyRequest, reply: FastifyReply) =>
    reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-cache' }).type(type).send(text);

  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.get('/api/v1/openapi.json', sends('application/json', json));
    app.get('/docs', sends('text/html; charset=utf-8', page));
    app.get('/docs/reference.css', sends('text/css; charset=utf-8', style));
    done();
  };
}
