import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { NotDelivered, resolveOnce } from './call-out.ts';
import type { Outbound, Receiver } from './receiver.ts';

const patience = 10_000;
const format = 'arca-audit-stream-1';

/**
 * A receiver of POST requests with JSON, each signed: `Arca-Signature: t=SECONDS,v1=HEX` is HMAC-SHA-256 over the
 * seconds, a dot and the body. Any 2xx is a receipt; redirects are not followed, and answers' bodies not read.
 */
export function webhookReceiver(url: URL, secret: string, safeId: string, outbound: Outbound): Receiver {
  const post = (content: object) =>
    deliver(url, secret, JSON.stringify({ format, safe: safeId, ...content }), outbound);
  return {
    name: 'webhook',
    send: (entries) => post({ entries }),
    sendAnchor: (line) => post({ anchor: JSON.parse(line) }),
  };
}

async function deliver(url: URL, secret: string, body: string, { listed, ca }: Outbound): Promise<void> {
  const { address, isListed } = await resolveOnce(url.hostname, listed);
  const isTls = url.protocol === 'https:';
  if (!isTls && !isListed) throw new NotDelivered('http is for addresses that ARCA_OUTBOUND_ALLOWED lists');
  const seconds = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const options: RequestOptions = {
    method: 'POST',
    host: address,
    port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
    agent: false,
    signal: AbortSignal.timeout(patience),
    headers: {
      host: url.host,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'arca-delivery': randomUUID(),
      'arca-signature': `t=${seconds},v1=${signature}`,
    },
  };
  const tls = { ...(isIP(bare) ? {} : { servername: bare }), ...(ca === null ? {} : { ca }) };
  const request = isTls ? httpsRequest({ ...options, ...tls }) : httpRequest(options);
  try {
    request.end(body);
    const [{ statusCode = 0 }] = (await once(request, 'response')) as [IncomingMessage];
    if (statusCode < 200 || statusCode > 299) throw new NotDelivered(`it answered ${statusCode}`);
  } finally {
    // What comes later, or a failure after the answer, is nobody's matter.
    request.on('error', () => undefined);
    request.destroy();
  }
}
