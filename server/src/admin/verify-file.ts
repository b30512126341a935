import type { ExportLine } from '../actions/audit/export-form.ts';
import type { AuditVerdict } from '../actions/audit/verdict.ts';
import { verifyExport } from '../actions/audit/verify-export.ts';

export type { AuditVerdict };

/**
 * Verifies the lines of an export without a safe. `trusted` are SPKI DER keys in base64, or null to believe those that
 * the export names; `anchors` are lines of its anchors. A line that is no line of an export is a problem like any other, and ends the reading.
 */
export async function verifyAuditFile(
  lines: AsyncIterable<string>,
  trusted: readonly string[] | null,
  anchors: AsyncIterable<string> | Iterable<string>,
): Promise<AuditVerdict> {
  let unreadable: string | null = null;
  async function* readable(): AsyncGenerator<ExportLine> {
    let count = 0;
    for await (const text of lines) {
      count += 1;
      const line = readLine(text);
      if (line === null) {
        unreadable = `line ${count} is no line of an export`;
        return;
      }
      yield line;
    }
  }
  const verdict = await verifyExport(readable(), trusted, anchors);
  if (unreadable === null) return verdict;
  const problems = [{ lane: null, sequence: null, problem: unreadable }, ...verdict.problems];
  return { ...verdict, holds: false, problems };
}

type Form = 'text' | 'number' | 'text or null' | 'number or null' | 'keys';

const forms: { readonly [T in ExportLine['type']]: Readonly<Record<string, Form>> } = {
  safe: { format: 'text', safe: 'text', exportedAt: 'number', keys: 'keys' },
  lane: {
    lane: 'text',
    openedAt: 'number',
    closedAt: 'number or null',
    sequence: 'number',
    hash: 'text',
    signedAt: 'number',
    keyId: 'text',
    signature: 'text',
  },
  entry: {
    lane: 'text',
    sequence: 'number',
    at: 'number',
    event: 'text',
    userId: 'number or null',
    accessKeyId: 'number or null',
    target: 'text or null',
    requestId: 'text',
    details: 'text or null',
    changedRows: 'text or null',
    hash: 'text',
  },
  end: { lanes: 'number', entries: 'number' },
};

function readLine(text: string): ExportLine | null {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof line !== 'object' || line === null || !('type' in line)) return null;
  const form = Object.entries(forms).find(([type]) => type === line.type)?.[1];
  const fits = form && Object.entries(form).every(([name, one]) => has(one, (line as Record<string, unknown>)[name]));
  return fits ? (line as ExportLine) : null;
}

function has(form: Form, value: unknown): boolean {
  if (form.endsWith(' or null') && value === null) return true;
  if (form === 'keys')
    return Array.isArray(value) && value.every((key) => has('text', key?.id) && has('text', key?.publicKey));
  // Beyond these milliseconds there are no dates.
  if (form.startsWith('number')) return Number.isInteger(value) && Math.abs(value as number) <= 8.64e15;
  return typeof value === 'string' && value.isWellFormed();
}
