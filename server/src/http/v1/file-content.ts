import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { downloadFile } from '../../actions/files/download.ts';
import { onItem, withReason } from './items.ts';
import { type Operation, operation } from './operation.ts';
import { numberSchema, strict } from './schemas.ts';

/**
 * What somebody uploaded must not act in our name when a browser opens it: it is saved, never shown; were it shown, it
 * would be in a sandbox without scripts, and no other page may embed it.
 */
const inertHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

const download = operation({
  id: 'files.download',
  method: 'GET',
  path: '/items/file/{number}/content',
  access: 'session or key',
  summary: 'Download the content of a file',
  description:
    'A reveal: recorded before the first byte leaves, each range by itself. Takes `Range` (one range of bytes) and `If-Range` with ' +
    'the ETag of an earlier answer. An earlier version is for the owner and editors. An answer that breaks off is not whole: ' +
    'broken content is never ended cleanly. An access key that encrypts its answers is refused.',
  params: Type.Object({ number: numberSchema }),
  query: Type.Object(
    {
      version: Type.Optional(Type.Integer({ minimum: 1, description: 'The current one unless told.' })),
      justification: Type.Optional(
        Type.String({ maxLength: 1000, description: 'The reason, where one is asked for.' }),
      ),
    },
    strict,
  ),
  ranges: true,
  status: 200,
  orStatus: 206,
  media: 'application/octet-stream',
  answer: Type.String({ description: 'The bytes, under the media type that was told when they came.' }),
  refusals: [
    ...onItem,
    'version_not_found',
    'item_disabled',
    'justification_required',
    'approval_required',
    'answer_unencryptable',
    'range_unsatisfiable',
  ],
  examples: {},
  async run({ ctx, params, query, request }) {
    const { range = null } = request.headers;
    const found = await downloadFile(withReason(ctx, query.justification), {
      number: String(params.number),
      version: query.version ?? null,
      range,
      ifVersion: versionOf(request.headers['if-range'] as string | undefined),
    });
    const { from, to } = found.range ?? { from: 0, to: found.size };
    return {
      body: Readable.from(found.bytes, { objectMode: false, highWaterMark: 256 * 1024 }),
      media: found.mediaType,
      ...(found.range === null ? {} : { status: 206 as const }),
      headers: {
        ...inertHeaders,
        'accept-ranges': 'bytes',
        etag: etagOf(found.version),
        'content-length': String(to - from),
        'content-disposition': dispositionOf(found.fileName),
        ...(found.range === null ? {} : { 'content-range': `bytes ${from}-${to - 1}/${found.size}` }),
      },
    };
  },
});

// A version's content never changes.
const etagOf = (version: number) => `"v${version}"`;

/** The version that an If-Range names; 0, which none has, for one that was not ours. */
function versionOf(header: string | undefined): number | null {
  if (header === undefined) return null;
  return Number(/^"v(\d{1,15})"$/.exec(header.trim())?.[1] ?? 0);
}

/** RFC 6266: the name in ASCII for old clients, and as it is. */
function dispositionOf(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\%]/g, '_');
  const whole = encodeURIComponent(name).replaceAll(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

export const fileOperations: Operation[] = [download];
