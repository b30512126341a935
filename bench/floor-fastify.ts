// Floor: a bare Fastify route answers from memory. Called with the plan's file and, for the floor of one durable
// transaction for each request, the path of a database to make.

import { DatabaseSync } from 'node:sqlite';
import { give, serveBareRoute } from './bare-route.ts';
import { readPlan } from './floor-plan.ts';

const write = process.argv[3] === undefined ? null : openDurable(process.argv[3]);

await serveBareRoute(readPlan(process.argv[2] ?? ''), (request, reply, answer) => {
  write?.(request.id);
  return give(request, reply, answer);
});

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
