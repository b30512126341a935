import { Type } from 'typebox';
import { addPart } from '../../actions/files/add-part.ts';
import { beginUpload } from '../../actions/files/begin-upload.ts';
import { cancelUpload } from '../../actions/files/cancel-upload.ts';
import { listUploads } from '../../actions/files/list-uploads.ts';
import { readUpload } from '../../actions/files/read-upload.ts';
import { refuse } from '../../domain/errors.ts';
import { leastPart, type Upload } from '../../domain/upload.ts';
import { type Operation, operation } from './operation.ts';
import { strict, time } from './schemas.ts';

const access = 'session or key';
const bytes = (description?: string) =>
  Type.Integer({ minimum: 0, maximum: 999_999_999_999_999, ...(description ? { description } : {}) });
const uploadId = Type.String({ pattern: '^[0-9a-f]{32}$' });
const uploadPath = Type.Object({ id: uploadId });

const uploadSchema = Type.Object(
  {
    id: uploadId,
    fileName: Type.String(),
    mediaType: Type.String(),
    size: bytes('Of the whole.'),
    offset: bytes('So much has come: the next part begins there.'),
    createdAt: time(),
  },
  { $id: 'Upload', ...strict },
);

const uploadBody = ({ id, fileName, mediaType, size, offset, createdAt }: Upload & { offset: number }) => ({
  ...{ id, fileName, mediaType, size, offset, createdAt },
});

const example = {
  id: '5f0c1a7e9b3d42c8a1e6f7d0b9c8e7f6',
  fileName: 'contract.pdf',
  mediaType: 'application/pdf',
  size: 20_000_000,
  offset: 16_777_216,
  createdAt: '2026-11-28T09:30:00.000Z',
};

const list = operation({
  id: 'uploads.list',
  method: 'GET',
  path: '/uploads',
  access,
  summary: "The caller's uploads under way, and the room that he has",
  description: 'Room counts sealed bytes, all versions, and what uploads under way have reserved.',
  status: 200,
  answer: Type.Object(
    {
      uploads: Type.Array(uploadSchema),
      used: bytes('Counts against the quota.'),
      limit: bytes('How much may.'),
      perFile: bytes('Size of one file at the most.'),
    },
    { $id: 'OwnUploads', ...strict },
  ),
  refusals: [],
  examples: { answer: { uploads: [example], used: 48_000_000, limit: 5_242_880_000, perFile: 524_288_000 } },
  async run({ ctx }) {
    const { uploads, ...room } = await listUploads(ctx);
    return { body: { uploads: uploads.map(uploadBody), ...room } };
  },
});

const begin = operation({
  id: 'uploads.begin',
  method: 'POST',
  path: '/uploads',
  access,
  summary: 'Begin to upload the content of a file',
  description:
    'Then send its parts, and name the upload when creating or updating a file. What nothing is added to for a day is given up.',
  body: Type.Object(
    {
      size: bytes('Bytes of the whole.'),
      fileName: Type.String({ minLength: 1, maxLength: 1000, description: 'Of a path the last part counts.' }),
      mediaType: Type.Optional(
        Type.String({
          maxLength: 255,
          description: 'By the end of the file name unless told; what is none counts as `application/octet-stream`.',
        }),
      ),
    },
    strict,
  ),
  status: 201,
  answer: uploadSchema,
  refusals: ['access_denied', 'file_too_large', 'quota_reached', 'field_invalid'],
  examples: {
    body: { size: 20_000_000, fileName: 'contract.pdf', mediaType: 'application/pdf' },
    answer: { ...example, offset: 0 },
  },
  async run({ ctx, body }) {
    const upload = await beginUpload(ctx, { ...body, mediaType: body.mediaType ?? '' });
    return { body: uploadBody({ ...upload, offset: 0 }), headers: { location: `/api/v1/uploads/${upload.id}` } };
  },
});

const read = operation({
  id: 'uploads.read',
  method: 'GET',
  path: '/uploads/{id}',
  access,
  summary: 'How far an upload has come',
  params: uploadPath,
  status: 200,
  answer: uploadSchema,
  refusals: ['upload_not_found'],
  examples: { answer: example },
  run: async ({ ctx, params }) => ({ body: uploadBody(await readUpload(ctx, params)) }),
});

const addNext = operation({
  id: 'uploads.addPart',
  method: 'PUT',
  path: '/uploads/{id}/parts/{offset}',
  access,
  summary: 'Send the next part of an upload',
  description:
    `The bytes from \`offset\` on, with their \`Content-Length\`: ${leastPart} or more, but for the last part. A part counts once ` +
    'it is stored; of one that breaks off nothing is kept, and it is sent again. A part must come within the time that a ' +
    'request may take (`ARCA_REQUEST_TIMEOUT`): send smaller ones over a slow line.',
  params: Type.Object({ id: uploadId, offset: bytes('Where the part begins: what came before it.') }),
  bodyMedia: 'application/octet-stream',
  status: 200,
  answer: Type.Object(
    { id: uploadId, size: bytes(), offset: bytes('Where the next part begins; at the end, the size.') },
    { $id: 'UploadProgress', ...strict },
  ),
  refusals: ['access_denied', 'upload_not_found', 'upload_offset_wrong', 'field_invalid'],
  examples: { answer: { id: example.id, size: example.size, offset: example.offset } },
  async run({ ctx, params, request }) {
    const length = Number(request.headers['content-length'] ?? 'none');
    if (!Number.isSafeInteger(length)) {
      refuse('request_invalid', { errors: [{ field: 'Content-Length', why: 'is missing' }] });
    }
    return { body: await addPart(ctx, { ...params, length, bytes: request.raw }) };
  },
});

const cancel = operation({
  id: 'uploads.cancel',
  method: 'DELETE',
  path: '/uploads/{id}',
  access,
  summary: 'Give an upload up',
  description: 'Its room is free at once.',
  params: uploadPath,
  status: 204,
  answer: null,
  refusals: ['access_denied', 'upload_not_found'],
  examples: {},
  async run({ ctx, params }) {
    await cancelUpload(ctx, params);
    return {};
  },
});

export const uploadOperations: Operation[] = [list, begin, read, addNext, cancel];
