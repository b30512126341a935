// RFC 5424: facility 13, log audit; severity 4 for what was refused, 6 for all else, 5 for anchors.
const facility = 13;
const severities = { refused: 4, anchor: 5, told: 6 } as const;

export type SyslogKind = keyof typeof severities;

/** One message without its framing. `what` is the message's id, such as `item.revealed`; `content` is one line. */
export function syslogMessage(kind: SyslogKind, at: string, host: string, what: string, content: string): string {
  const head = [`<${facility * 8 + severities[kind]}>1`, at, printable(host, 255), 'arca', process.pid];
  return `${[...head, printable(what, 32), '-'].join(' ')} ${content}`;
}

/** RFC 6587, octet counting: the length in bytes, a space, the message. */
export function counted(message: string): string {
  return `${Buffer.byteLength(message)} ${message}`;
}

function printable(text: string, most: number): string {
  const kept = text.replace(/[^\x21-\x7e]/g, '').slice(0, most);
  return kept === '' ? '-' : kept;
}
