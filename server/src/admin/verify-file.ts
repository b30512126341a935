import type { ExportLine } from '../actions/audit/export-form.ts';
import type { AuditVerdict } from '../actions/audit/verdict.ts';
import { verifyExport } from '../actions/audit/verify-export.ts';

export type { AuditVerdict };

/**
 * Verifies the lines of an export, and of archives with it, without a safe. `trusted` are SPKI DER keys in base64, or null
 * to believe those that the export names; `anchors` are lines of its anchors. A line that is no line of an export is a
 * problem like any other, and ends the reading.
 */
export async function verifyAuditFile(
  lines: AsyncIterable<string>,
  trusted: readonly string[] | null,
  anchors: AsyncIterable<string> | Iterable<string>,
  archives: readonly AsyncIterable<string>[] = [],
): Promise<AuditVerdict> {
  let unreadable: string | null = null;
  async function* readable(lines: AsyncIterable<string>): AsyncGenerator<ExportLine> {
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
  const verdict = await verifyExport(readable(lines), trusted, anchors, archives.map(readable));
  if (unreadable === null) return verdict;
  const problems = [{ lane: null, sequence: null, problem: unreadable }, ...verdict.problems];
  return { ...verdict, holds: false, problems };
}

type Form = 'text' | 'number' | 'text or null' | 'number or null' | { list: Forms } | { maybe: Form | Forms };
type Forms = { readonly [member: string]: Form };

const seal: Forms = { digest: 'text', keyId: 'text', signature: 'text' };
const link: Forms = { key: 'text', at: 'number', signature: 'text' };
const archive: Forms = { number: 'number', before: 'number', previous: 'text or null' };
const place: Forms = {
  archive: 'number',
  sequence: 'number',
  hash: 'text',
  at: 'number',
  keyId: 'text',
  signature: 'text',
};

const forms: { readonly [T in ExportLine['type']]: Forms } = {
  safe: {
    format: 'text',
    safe: 'text',
    exportedAt: 'number',
    keys: { list: { id: 'text', publicKey: 'text', signedBy: { maybe: link } } },
    archives: { maybe: { list: { ...archive, entries: 'number', ...seal } } },
    archive: { maybe: archive },
  },
  lane: {
    lane: 'text',
    openedAt: 'number',
    closedAt: 'number or null',
    sequence: 'number',
    hash: 'text',
    signedAt: 'number',
    keyId: 'text',
    signature: 'text',
    begins: { maybe: place },
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
    lanesTold: { maybe: 'text' },
    hash: 'text',
  },
  end: { lanes: 'number', entries: 'number', seal: { maybe: seal } },
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
  return form && hasAll(form, line) ? (line as ExportLine) : null;
}

function hasAll(form: Forms, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(form).every(([name, one]) => has(one, (value as Record<string, unknown>)[name]));
}

function has(form: Form, value: unknown): boolean {
  if (typeof form === 'object') {
    if ('list' in form) return Array.isArray(value) && value.every((one) => hasAll(form.list as Forms, one));
    const inner = form.maybe;
    if (value === undefined) return true;
    return typeof inner === 'string' || 'list' in inner ? has(inner as Form, value) : hasAll(inner as Forms, value);
  }
  if (form.endsWith(' or null') && value === null) return true;
  // Beyond these milliseconds there are no dates.
  if (form.startsWith('number')) return Number.isInteger(value) && Math.abs(value as number) <= 8.64e15;
  return typeof value === 'string' && value.isWellFormed();
}
