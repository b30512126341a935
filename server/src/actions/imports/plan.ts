import { type Caller, mustBePerson, mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import {
  type FileFormat,
  type Import,
  type ImportFormat,
  type ReadRecord,
  type Receipt,
  type Verdict,
  verdicts,
} from '../../domain/import.ts';
import { nextNumber } from '../../storage/counters.ts';
import { countImports, findImport, insertImport, insertImportRows, saveImport } from '../../storage/imports.ts';
import { act, actReading } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context, MySafeSource } from '../safe.ts';
import { storeBrought } from './brought-files.ts';
import { adaptRecords, judgeRecords, standingItems } from './judge-records.ts';
import { targetOf } from './load-import.ts';

export type FileToPlan = { file: string; format: FileFormat | null; bytes: Uint8Array; passphrase: string };

const slice = 200;
const mostWaiting = 10;
const attempt = { action: 'import.plan', target: null } as const;

/** Reads a file in a thread of its own and plans what is to become of each record. Nothing is changed but the plan. */
export async function planImport(ctx: Context, { file, format, bytes, passphrase }: FileToPlan): Promise<Import> {
  await mustMayPlan(ctx);
  const read = await orRefused(ctx, () => ctx.safe.files.read({ bytes, format, passphrase }));
  return makePlan(ctx, { file, format: read.format, records: read.records, receipt: null });
}

/** The same of what another MySafe holds for an access key, with a receipt of what came over. */
export async function planFromMySafe(ctx: Context, source: MySafeSource): Promise<Import> {
  await mustMayPlan(ctx);
  const { records, receipt } = await orRefused(ctx, () => ctx.safe.readMySafe(source));
  return makePlan(ctx, { file: receipt.from, format: 'mysafe', records, receipt });
}

/** Asked before anything is read: a plan costs more than most. */
export function mustMayPlan(ctx: Context): Promise<void> {
  return actReading(ctx, attempt, async (tx, caller) => {
    mustMay('import.plan', caller);
    const { user } = mustBePerson(caller);
    if ((await countImports(tx, user.id, ['planning', 'waiting'])) >= mostWaiting) {
      refuse('import_impossible', { why: 'too_many' });
    }
  });
}

const refusalOf = { FileProblem: 'import_unreadable', SourceProblem: 'import_source_failed' } as const;

/** What cannot be read is refused, and recorded as such. */
async function orRefused<T>(ctx: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const code = thrown instanceof Error ? refusalOf[thrown.name as keyof typeof refusalOf] : undefined;
    if (code === undefined) throw thrown;
    const why = (thrown as Error).message;
    return act(ctx, attempt, async () => refuse(code, { why }));
  }
}

type Sent = { file: string; format: ImportFormat; records: readonly ReadRecord[]; receipt: Receipt | null };

async function makePlan(ctx: Context, { file, format, records, receipt }: Sent): Promise<Import> {
  const wanted = await adaptRecords(ctx, records);
  const standing = await actReading(ctx, attempt, async (tx, caller, now) => {
    mustMay('import.plan', caller);
    return standingItems(tx, mustBePerson(caller).user.id, wanted.places, now);
  });
  const { rows, files } = await judgeRecords(ctx, records, wanted, standing);
  await storeBrought(ctx, attempt, files);
  const counted = (verdict: Verdict) => rows.filter((row) => row.verdict === verdict).length;
  const counts = Object.fromEntries(verdicts.map((one) => [one, counted(one)])) as Import['counts'];
  const own = (caller: Caller) => {
    mustMay('import.plan', caller);
    return mustBePerson(caller).user.id;
  };
  const id = await act(ctx, attempt, async (tx, caller, now) => {
    const ownerId = own(caller);
    const made: Import = {
      ...{ id: await nextNumber(tx, 'import'), ownerId, phase: 'planning', unseen: false, format, file, counts },
      ...{ done: 0, place: 0, outcomes: {}, updates: true, receipt, failure: null, createdAt: now, endedAt: null },
    };
    await insertImport(tx, made);
    return made.id;
  });
  for (let at = 0; at < rows.length; at += slice) {
    await act(ctx, attempt, async (tx, caller) => {
      own(caller);
      await insertImportRows(tx, id, rows.slice(at, at + slice));
    });
  }
  return act(ctx, attempt, async (tx, caller, now) => {
    const found = await findImport(tx, id, 'update');
    if (!found || found.ownerId !== own(caller)) return refuse('import_not_found', {});
    const planned: Import = { ...found, phase: 'waiting' };
    await saveImport(tx, planned);
    const told = { address: ctx.origin.address, format, ...counts, ...(receipt ? { digest: receipt.digest } : {}) };
    recordAdmin(tx, ctx, caller, 'import.planned', targetOf({ id }), told, now);
    return planned;
  });
}
