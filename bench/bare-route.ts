import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Answer, type FloorPlan, lineOf, openLog } from './floor-plan.ts';
import { endWithParent, tellParent } from './parent.ts';

/**
 * Serves a plan's one route by Fastify, with the line that the safe logs of each request, until this process is told to
 * end. `handle` gets the answer that is to be given.
 */
export async function serveBareRoute(
  plan: FloorPlan,
  handle: (request: FastifyRequest, reply: FastifyReply, answer: Answer) => unknown,
): Promise<void> {
  const release = endWithParent();
  const { log, close } = openLog();
  const app = Fastify({ logger: false, genReqId: () => randomUUID(), forceCloseConnections: true });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, new URLSearchParams(body as string)),
  );
  app.addHook('onResponse', (request, reply, done) => {
    log.info(lineOf(request.id, plan, reply.statusCode, reply.elapsedTime, request.ip), 'request');
    done();
  });
  app.route({
    method: plan.method,
    url: plan.route,
    handler(request, reply) {
      const answer = plan.answers[request.url];
      return answer ? handle(request, reply, answer) : reply.code(404).send();
    },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  tellParent(app.listeningOrigin);
  await once(process, 'SIGTERM');
  await app.close();
  close();
  release();
}

/** Gives the answer, with another body where there is one. */
export function give(request: FastifyRequest, reply: FastifyReply, answer: Answer, body = answer.body): FastifyReply {
  return reply.code(answer.status).headers(answer.headers).header('x-request-id', request.id).send(body);
}
