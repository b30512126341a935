// The least program that does a work: a bare Fastify route with the safe's line in the log, and behind it only what the
// work cannot do without, recorded durably. It knows nobody and checks nothing. Called with the plan's file, the name of
// the work and a path for its store.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import Fastify from 'fastify';
import { lineOf, openLog, readPlan } from '../floor-plan.ts';
import { endWithParent, tellParent } from '../parent.ts';
import { openLeastStore } from './store.ts';
import { leastWorks } from './works.ts';

const release = endWithParent();
const [planFile = '', workName = '', path = ''] = process.argv.slice(2);
const plan = readPlan(planFile);
const { log, close } = openLog();
const store = openLeastStore(path);
const prepareWork = leastWorks[workName];
if (!prepareWork) throw new Error(`no work is called ${workName}`);
store.database.exec('begin');
const work = prepareWork(store);
store.database.exec('commit');

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
  async handler(request, reply) {
    const body = await work(request);
    const answer = plan.answers[request.url];
    if (!answer) return reply.code(404).send();
    return reply
      .code(answer.status)
      .headers(answer.headers)
      .header('x-request-id', request.id)
      .send(body ?? answer.body);
  },
});
await app.listen({ host: '127.0.0.1', port: 0 });
tellParent(app.listeningOrigin);
await once(process, 'SIGTERM');
await app.close();
store.close();
close();
release();
