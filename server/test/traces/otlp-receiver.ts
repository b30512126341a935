import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ReceivedSpan = {
  traceId: string;
  spanId: string;
  /** Empty where it begins a trace. */
  parentId: string;
  name: string;
  kind: number;
  from: bigint;
  to: bigint;
  status: number;
  attributes: Record<string, string | number>;
};

export type OtlpReceiver = {
  url: string;
  spans: ReceivedSpan[];
  /** Every body that came, one after the other. */
  bytes(): Buffer;
  /** What the process tells of itself. */
  resource: Record<string, string | number>;
  requests: { method: string; path: string; type: string }[];
  close(): Promise<void>;
};

/** Takes traces by OTLP over HTTP as a collector does: protobuf, opentelemetry/proto/trace/v1/trace.proto. */
export async function openReceiver(port = 0): Promise<OtlpReceiver> {
  const bodies: Buffer[] = [];
  const receiver: Pick<OtlpReceiver, 'spans' | 'requests' | 'resource'> = { spans: [], requests: [], resource: {} };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    bodies.push(body);
    const { method = '', url = '', headers } = request;
    receiver.requests.push({ method, path: url, type: headers['content-type'] ?? '' });
    for (const resourceSpans of messages(body, 1)) {
      for (const resource of messages(resourceSpans, 1)) Object.assign(receiver.resource, attributesOf(resource, 1));
      for (const scopeSpans of messages(resourceSpans, 2)) receiver.spans.push(...messages(scopeSpans, 2).map(spanOf));
    }
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...receiver,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => Buffer.concat(bodies),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function spanOf(bytes: Buffer): ReceivedSpan {
  const [status] = messages(bytes, 15);
  return {
    traceId: messages(bytes, 1)[0]?.toString('hex') ?? '',
    spanId: messages(bytes, 2)[0]?.toString('hex') ?? '',
    parentId: messages(bytes, 4)[0]?.toString('hex') ?? '',
    name: String(messages(bytes, 5)[0]),
    kind: Number(number(bytes, 6)),
    from: number(bytes, 7),
    to: number(bytes, 8),
    status: status === undefined ? 0 : Number(number(status, 3)),
    attributes: attributesOf(bytes, 9),
  };
}

function attributesOf(bytes: Buffer, field: number): Record<string, string | number> {
  const pairs = messages(bytes, field).map((pair): [string, string | number] => {
    const [value = Buffer.alloc(0)] = messages(pair, 2);
    const [text] = messages(value, 1);
    return [String(messages(pair, 1)[0]), text === undefined ? Number(number(value, 3)) : String(text)];
  });
  return Object.fromEntries(pairs);
}

const messages = (bytes: Buffer, field: number): Buffer[] =>
  fieldsOf(bytes).flatMap((one) => (one.field === field && typeof one.value !== 'bigint' ? [one.value] : []));

function number(bytes: Buffer, field: number): bigint {
  const found = fieldsOf(bytes).find((one) => one.field === field && typeof one.value === 'bigint');
  return (found?.value as bigint | undefined) ?? 0n;
}

/** https://protobuf.dev/programming-guides/encoding/ */
function fieldsOf(bytes: Buffer): { field: number; value: Buffer | bigint }[] {
  const fields: { field: number; value: Buffer | bigint }[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes.readUInt8(at);
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const taken = (length: number): Buffer => {
    if (at + length > bytes.length) throw new Error('a message is cut');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const wire = tag & 7;
    if (wire > 2 && wire !== 5) throw new Error(`no such wire type: ${wire}`);
    const value =
      wire === 0
        ? varint()
        : wire === 1
          ? taken(8).readBigUInt64LE()
          : wire === 2
            ? taken(Number(varint()))
            : BigInt(taken(4).readUInt32LE());
    fields.push({ field: tag >> 3, value });
  }
  return fields;
}
