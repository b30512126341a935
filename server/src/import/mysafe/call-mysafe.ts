import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { NotDelivered, resolveOnce } from '../../jobs/stream/call-out.ts';
import type { Outbound } from '../../jobs/stream/receiver.ts';
import { type Json, recordOf } from '../file-text.ts';
import { SourceProblem } from './source-problem.ts';

const patience = 30_000;
const mostBytes = 32 * 1024 * 1024;

export type Sent = { method: 'GET' | 'POST'; path: string; token: string | null; body?: object };

/**
 * One call to another safe. It goes to the address that was checked, follows no redirect, and of an answer that is no JSON
 * nothing is told but its status. Throws SourceProblem.
 */
export async function callMySafe(
  base: URL,
  sent: Sent,
  { listed, ca }: Outbound,
): Promise<{ status: number; json: Json }> {
  try {
    const { address, isListed } = await resolveOnce(base.hostname, listed);
    const isTls = base.protocol === 'https:';
    if (!isTls && !isListed) throw new SourceProblem('Plain http is for addresses that ARCA_OUTBOUND_ALLOWED lists');
    const bare = base.hostname.replace(/^\[(.*)\]$/, '$1');
    const body = sent.body === undefined ? null : JSON.stringify(sent.body);
    const options = {
      ...{ method: sent.method, host: address, agent: false, signal: AbortSignal.timeout(patience) },
      port: base.port === '' ? (isTls ? 443 : 80) : Number(base.port),
      path: `${base.pathname.replace(/\/$/, '')}${sent.path}`,
      headers: {
        ...{ host: base.host, accept: 'application/json' },
        ...(sent.token === null ? {} : { authorization: `Bearer ${sent.token}` }),
        ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
    };
    const tls = { ...(isIP(bare) ? {} : { servername: bare }), ...(ca === null ? {} : { ca }) };
    const calling = isTls ? httpsRequest({ ...options, ...tls }) : httpRequest(options);
    try {
      calling.end(body ?? undefined);
      const [answer] = (await once(calling, 'response')) as [IncomingMessage];
      return { status: answer.statusCode ?? 0, json: await jsonOf(answer) };
    } finally {
      calling.on('error', () => undefined);
      calling.destroy();
    }
  } catch (thrown) {
    if (thrown instanceof SourceProblem) throw thrown;
    if (thrown instanceof NotDelivered) throw new SourceProblem(`It cannot be called: ${thrown.message}`);
    throw new SourceProblem('It does not answer');
  }
}

async function jsonOf(answer: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw new SourceProblem('It answers with more than 32 MiB at once');
    chunks.push(chunk);
  }
  try {
    return recordOf(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  } catch {
    throw new SourceProblem(`It answers with the status ${answer.statusCode} and not with JSON`);
  }
}
