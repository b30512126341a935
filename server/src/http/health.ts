import type { FastifyInstance } from 'fastify';
import { checkReady } from '../actions/check-ready.ts';
import type { Safe } from '../actions/safe.ts';
import { tokenKeys } from '../actions/tokens/public-keys.ts';

/** Liveness, readiness with its reasons, and the public keys of tokens. */
export function health(safe: Safe) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.get('/healthz', () => ({ status: 'ok' }));
    app.get('/readyz', async (_request, reply) => {
      const reasons = await checkReady(safe);
      return reply.code(reasons.length === 0 ? 200 : 503).send({ ready: reasons.length === 0, reasons });
    });
    app.get('/.well-known/jwks.json', () => tokenKeys(safe));
    done();
  };
}
