// Floor: a bare Fastify route answers from memory. Called with the plan's file and, for the floor of one durable
// transaction for each request, the path of a database to make.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import Fastify from 'fastify';
import { lineOf, openLog, readPlan } from './floor-plan.ts';
import { endWithParent, tellParent } from './parent.ts';

const release = endWithParent();
const plan = readPlan(process.argv[2] ?? '');
const { log, close } = openLog();
const write = process.argv[3] === undefined ? null : openDurable(process.argv[3]);

const app = Fastify({ logger: false, genReqId: () => randomUUID(), forceCloseConnections: true });
app.addHook('onResponse', (request, reply, done) => {
  log.info(lineOf(request.id, plan, reply.statusCode, reply.elapsedTime, request.ip), 'request');
  done();
});
app.route({
  method: plan.method,
  url: plan.route,
  handler(request, reply) {
    const answer = plan.answers[request.url];
    if (!answer) return reply.code(404).send();
    write?.(request.id);
    return reply.code(answer.status).headers(answer.headers).header('x-request-id', request.id).send(answer.body);
  },
});
await app.listen({ host: '127.0.0.1', port: 0 });
tellParent(app.listeningOrigin);
await once(process, 'SIGTERM');
await app.close();
close();
release();

/** One row in a transaction of its own, on the disk before this returns. */
function openDurable(path: string): (text: string) => void {
  const database = new DatabaseSync(path);
  database.exec('pragma journal_mode = wal; pragma synchronous = full; create table entries (at integer, text text)');
  const insert = database.prepare('insert into entries values (?, ?)');
  return (text) => {
    database.exec('begin immediate');
    insert.run(Date.now(), text);
    database.exec('commit');
  };
}
