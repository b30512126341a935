import { readFileSync } from 'node:fs';
import type { Outbound, Receiver } from './receiver.ts';
import { syslogReceiver } from './syslog.ts';
import { webhookReceiver } from './webhook.ts';

export type StreamSettings = {
  syslogUrl: string | null;
  webhookUrl: string | null;
  webhookSecretFile: string | null;
  outboundAllowed: readonly string[];
  outboundCa: string | null;
};

/** The receivers that the settings name. Throws what reading the files of the secret and of the authorities throws. */
export function openReceivers(settings: StreamSettings, safeId: string): Receiver[] {
  const { syslogUrl, webhookUrl, webhookSecretFile, outboundAllowed, outboundCa } = settings;
  const outbound: Outbound = { listed: outboundAllowed, ca: outboundCa === null ? null : readFileSync(outboundCa) };
  const receivers: Receiver[] = [];
  if (syslogUrl !== null) receivers.push(syslogReceiver(new URL(syslogUrl), outbound));
  if (webhookUrl !== null && webhookSecretFile !== null) {
    const secret = readFileSync(webhookSecretFile, 'utf8').trim();
    receivers.push(webhookReceiver(new URL(webhookUrl), secret, safeId, outbound));
  }
  return receivers;
}
