import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIP, isIPv6, connect as openTcp, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { connect as openTls } from 'node:tls';
import type { StreamedEntry } from '../../actions/audit/stream.ts';
import { NotDelivered, resolveOnce } from './call-out.ts';
import type { Outbound, Receiver } from './receiver.ts';
import { counted, syslogMessage } from './syslog-message.ts';

const patience = 10_000;
/** What one datagram takes for certain; the details of a longer entry are left out. */
const largestDatagram = 60_000;
const ports: Readonly<Record<string, number>> = { 'udp:': 514, 'tcp:': 601, 'tls:': 6514 };

/** A receiver of RFC 5424 over `udp:`, `tcp:` or `tls:`. */
export function syslogReceiver(url: URL, outbound: Outbound): Receiver {
  const host = hostname();
  const port = url.port === '' ? (ports[url.protocol] ?? 0) : Number(url.port);
  const send = (messages: string[]) =>
    url.protocol === 'udp:'
      ? sendDatagrams(url, port, messages, outbound)
      : sendOverStream(url, port, messages, outbound);
  return {
    name: 'syslog',
    send: (entries) => send(entries.map((entry) => messageOf(entry, host, url.protocol === 'udp:'))),
    sendAnchor: (line) => send([syslogMessage('anchor', new Date().toISOString(), host, 'audit.anchor', line)]),
  };
}

function messageOf(entry: StreamedEntry, host: string, isDatagram: boolean): string {
  const kind = entry.event.endsWith('.refused') ? 'refused' : 'told';
  const write = (one: object) => syslogMessage(kind, entry.at, host, entry.event, JSON.stringify(one));
  const whole = write(entry);
  if (!isDatagram || Buffer.byteLength(whole) <= largestDatagram) return whole;
  return write({ ...entry, details: null, shortened: true });
}

async function sendDatagrams(url: URL, port: number, messages: string[], { listed }: Outbound): Promise<void> {
  const { address } = await resolveOnce(url.hostname, listed);
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  try {
    for (const message of messages) {
      await new Promise<void>((resolve, reject) =>
        socket.send(message, port, address, (error) => (error ? reject(error) : resolve())),
      );
    }
  } finally {
    socket.close();
  }
}

/**
 * One connection for a batch, closed by us: syslog has no word of receipt, but a connection that was closed in order by
 * both sides has handed over all that was written.
 */
async function sendOverStream(url: URL, port: number, messages: string[], outbound: Outbound): Promise<void> {
  const { address } = await resolveOnce(url.hostname, outbound.listed);
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const ca = outbound.ca === null ? {} : { ca: outbound.ca };
  // What a certificate must name is the host of the setting, whatever its address.
  const name = isIP(bare) ? {} : { servername: bare };
  const socket: Socket =
    url.protocol === 'tls:' ? openTls({ host: address, port, ...name, ...ca }) : openTcp({ host: address, port });
  const signal = AbortSignal.timeout(patience);
  try {
    await once(socket, url.protocol === 'tls:' ? 'secureConnect' : 'connect', { signal });
    const closed = once(socket, 'close', { signal });
    socket.resume();
    socket.end(messages.map(counted).join(''));
    const [hadError] = await closed;
    if (hadError || socket.bytesWritten === 0) throw new NotDelivered('the connection broke');
  } finally {
    socket.destroy();
  }
}
