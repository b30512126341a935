import type { AuditDetails } from '../src/domain/audit.ts';
import { entryOf } from '../src/storage/audit.ts';
import { builders, runQuery } from '../src/storage/statement.ts';
import type { Answer, TestSafe } from './start-safe.ts';

type LeftEntry = { event: string; user: string | null; target: string | null; details: AuditDetails };

/** The audit entries that one request left, in the order in which they were written. */
export function auditEntries(safe: TestSafe, answer: Answer): Promise<LeftEntry[]> {
  const requestId = answer.headers.get('x-request-id') ?? '';
  return safe.serving.safe.store.read(async (tx) => {
    const query = builders[tx.on.engine]
      .selectFrom('audit_entries')
      .leftJoin('users', 'users.id', 'audit_entries.user_id')
      .selectAll('audit_entries')
      .select('users.username')
      .where('request_id', '=', requestId)
      .orderBy('sequence');
    const rows = await runQuery(tx.on, query.compile());
    return rows.map((row) => {
      const { event, target, details } = entryOf(tx, row);
      return { event, user: row.username, target, details };
    });
  });
}

/** The same as lines, such as `item.disable.refused vera password:1 access_denied`; what is not there is a dash. */
export async function auditLines(safe: TestSafe, answer: Answer): Promise<string[]> {
  return (await auditEntries(safe, answer)).map(({ event, user, target, details }) =>
    [event, user ?? '-', target ?? '-', details.reason].filter((part) => part !== undefined).join(' '),
  );
}

/** Starts the minute of counted refusals anew, so that the next one of a stranger has an entry of its own. */
export function forgetRefusals(safe: TestSafe): void {
  safe.serving.safe.refusals.take(safe.serving.safe.clock(), true);
}
