// Floor: node:http answers from memory. Called with the plan's file.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lineOf, openLog, readPlan } from './floor-plan.ts';
import { endWithParent, tellParent } from './parent.ts';

const release = endWithParent();
const plan = readPlan(process.argv[2] ?? '');
const { log, close } = openLog();

const server = createServer((request, response) => {
  const start = performance.now();
  const requestId = randomUUID();
  const answer = plan.answers[request.url ?? ''];
  if (!answer || request.method !== plan.method) {
    response.writeHead(404).end();
    return;
  }
  const { status, headers, body } = answer;
  const length = Buffer.byteLength(body);
  response.once('finish', () => {
    log.info(lineOf(requestId, plan, status, performance.now() - start, request.socket.remoteAddress ?? ''), 'request');
  });
  const send = () => {
    response.writeHead(status, { ...headers, 'x-request-id': requestId, 'content-length': length }).end(body);
  };
  if (plan.method === 'GET') send();
  else request.resume().once('end', send);
});
// As Fastify has it, so that the keep-alive header is the same.
server.keepAliveTimeout = 72_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
tellParent(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
await once(process, 'SIGTERM');
server.closeAllConnections();
server.close();
close();
release();
