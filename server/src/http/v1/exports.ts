import { Type } from 'typebox';
import { exportItems, type WishedExport } from '../../actions/items/export.ts';
import { refuse } from '../../domain/errors.ts';
import { withReason } from './items.ts';
import { type Operation, operation } from './operation.ts';
import { kindSchema, numberSchema, strict } from './schemas.ts';

const endings = { json: 'json', csv: 'csv', kdbx: 'kdbx' } as const;
const shortestPassphrase = 12;

const make = operation({
  id: 'exports.make',
  method: 'POST',
  path: '/exports',
  access: 'session',
  summary: 'Export your items',
  description:
    'Everything that you own and may reveal, as one file: `json` with every field, encrypted by age under a passphrase unless `plain`; ' +
    '`csv` with every field, never encrypted; `kdbx` for KeePass. Files leave with their bytes in `json` and `kdbx`, up to 8 MiB each ' +
    'and 20 MiB in all. Each item is recorded as a reveal. Asks for a fresh proof.',
  body: Type.Object(
    {
      format: Type.Enum(['json', 'csv', 'kdbx']),
      passphrase: Type.Optional(Type.String({ minLength: shortestPassphrase, maxLength: 1024 })),
      plain: Type.Optional(Type.Boolean({ description: 'Leaves `json` unencrypted.' })),
      shared: Type.Optional(Type.Boolean({ description: 'Also what others share with you.' })),
      justification: Type.Optional(Type.String({ maxLength: 1000 })),
    },
    strict,
  ),
  status: 200,
  answer: Type.Object(
    {
      file: Type.String(),
      content: Type.String({ description: 'Its bytes in base64.' }),
      items: Type.Integer({ minimum: 0 }),
      left: Type.Array(
        Type.Object(
          {
            kind: kindSchema,
            number: numberSchema,
            why: Type.String({
              description:
                'The code of the refusal; or of a file `file_not_in_format`, `file_too_large` (beyond 8 MiB) or `export_full`.',
            }),
          },
          strict,
        ),
        { description: 'Items that did not leave, and why.' },
      ),
    },
    { $id: 'Export', ...strict },
  ),
  refusals: ['proof_required', 'request_invalid'],
  examples: {
    body: { format: 'json', passphrase: 'seven wooden boats' },
    answer: { file: 'arca-export.json.age', content: 'YWdl', items: 212, left: [] },
  },
  async run({ ctx, body }) {
    const { format, passphrase = null, plain = false, shared = false, justification } = body;
    const isEncrypted = format === 'kdbx' || (format === 'json' && !plain);
    if (isEncrypted !== (passphrase !== null)) {
      const why = isEncrypted ? 'is needed to encrypt the file' : 'is for files that are encrypted';
      refuse('request_invalid', { errors: [{ field: 'passphrase', why }] });
    }
    const wished = { format: format as WishedExport['format'], passphrase, shared };
    const { bytes, items, left } = await exportItems(withReason(ctx, justification), wished);
    const file = `arca-export.${endings[wished.format]}${format === 'json' && isEncrypted ? '.age' : ''}`;
    return { body: { file, content: Buffer.from(bytes).toString('base64'), items, left } };
  },
});

export const exportOperations: Operation[] = [make];
