import { createReadStream } from 'node:fs';
import { Command } from 'commander';
import { linesOf } from '../../../../server/src/admin/lines.ts';
import type { AuditVerdict } from '../../../../server/src/admin/verify-file.ts';
import { example } from '../../example.ts';
import { Problem } from '../../problem.ts';
import { withSafe, withSettings } from '../../safe.ts';
import { plain, readStdin, write, writeJson } from '../../terminal.ts';
import { chooseOpener, type OpenerOptions } from '../backup/lock.ts';
import { readPublicKeys } from './read-public-keys.ts';

type Options = OpenerOptions & { publicKey?: string[]; anchors?: string[]; state?: boolean; json?: boolean };

export function auditVerify(): Command {
  return new Command('verify')
    .description('Check every entry and signature of the audit: that of the safe or, needing no safe, an export.')
    .argument('[files...]', 'an export, or - for stdin, and its archives; without them the safe itself')
    .option(
      '--public-key <key>',
      'trust this key and those that it signed: base64, or @FILE as `arca audit public-key` printed it',
      collect,
    )
    .option('--anchors <file>', 'hold it against the anchors in this file, kept elsewhere; may be repeated', collect)
    .option('--state', 'also compare every item, share, membership and person of the safe with the last entry about it')
    .option('--identity-file <file>', 'open encrypted archives with the private key in this file')
    .option('--passphrase-file <file>', 'open encrypted archives with the passphrase in this file of mode 0600')
    .option('--json', 'print the verdict as one line of JSON')
    .addHelpText(
      'after',
      example(
        'arca audit verify --state',
        'arca audit verify audit.jsonl --public-key @audit-keys.txt --anchors anchors.jsonl',
        'arca audit verify audit.jsonl archives/*.jsonl.age --identity-file key.txt',
      ),
    )
    .action(async (files: string[], { json, ...options }: Options) => {
      const verdict = files.length === 0 ? await verifySafe(options) : await verifyFiles(files, options);
      await (json ? writeJson(verdict) : write(inWords(verdict)));
      if (!verdict.holds) throw new Problem('auditBroken', '');
    });
}

/** The option may be repeated. */
function collect(text: string, before: string[] = []): string[] {
  return [...before, text];
}

function verifySafe({ publicKey, anchors, state = false }: Options): Promise<AuditVerdict> {
  if (publicKey) throw new Problem('usage', 'The safe is checked against its own keys: --public-key needs a file.');
  if (anchors) throw new Problem('usage', 'The safe is checked against its own anchors: --anchors needs a file.');
  return withSafe((operator) => operator.run('audit.verify', { state }));
}

async function verifyFiles(files: readonly string[], options: Options): Promise<AuditVerdict> {
  const { publicKey, anchors = [], state } = options;
  if (state) throw new Problem('usage', 'An export holds no items: --state checks the safe itself, and takes no file.');
  const trusted = publicKey ? readPublicKeys(publicKey) : null;
  const open = await openerOf(files, options);
  // The export comes first: what anchors tell is held against it.
  const [first = '', ...others] = files.length === 1 ? files : await exportFirst(files, open);
  // Hashing an entry needs the form in which it is stored, and so the store's code, which is slow to read.
  const { verifyAuditFile } = await import('../../../../server/src/admin/verify-file.ts');
  return verifyAuditFile(open(first), trusted, allLines(anchors), others.map(open));
}

type Open = (file: string) => AsyncIterable<string>;

/** How each file is read: those that are encrypted as backups are have one opener. */
async function openerOf(files: readonly string[], options: OpenerOptions): Promise<Open> {
  if (!files.some(isLocked)) return readLines;
  const opener = await withSettings((settings) => chooseOpener(options, settings));
  const { readLocked } = await import('../../../../server/src/admin/backup-file.ts');
  return (file) => (isLocked(file) ? readLocked(file, opener) : readLines(file));
}

const isLocked = (file: string): boolean => file.endsWith('.age');

async function exportFirst(files: readonly string[], open: Open): Promise<string[]> {
  const archives: string[] = [];
  const exports: string[] = [];
  for (const file of files) {
    const isArchive = file !== '-' && (await firstLine(open(file))).includes('"arca-audit-archive-1"');
    (isArchive ? archives : exports).push(file);
  }
  return [...exports, ...archives];
}

async function firstLine(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) return line;
  return '';
}

async function* allLines(files: readonly string[]): AsyncGenerator<string> {
  for (const file of files) yield* readLines(file);
}

async function* readLines(file: string): AsyncGenerator<string> {
  try {
    yield* linesOf(file === '-' ? readStdin() : createReadStream(file));
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === undefined) throw thrown;
    throw new Problem('refused', `${file} cannot be read (${code}).`);
  }
}

function inWords(verdict: AuditVerdict): string {
  const { holds, entries, lanes, trustedKeys, problems } = verdict;
  const size = `${entries} ${entries === 1 ? 'entry' : 'entries'} in ${lanes} ${lanes === 1 ? 'lane' : 'lanes'}`;
  const told = problems.map(({ lane, sequence, problem }) => {
    const place = [lane === null ? '' : `lane ${lane}`, sequence === null ? '' : `entry ${sequence}`];
    return `  ${[...place, problem].filter((one) => one !== '').join(', ')}`;
  });
  const lines = [
    holds
      ? `The audit holds: ${size}.`
      : `The audit does not hold: ${size}, ${problems.length} problem${problems.length === 1 ? '' : 's'} found.`,
    ...told.map(plain),
    reach(verdict),
    ...archived(verdict),
    ...(trustedKeys
      ? []
      : ['Signed by the keys that the export itself names: give --public-key to prove whose they are.']),
  ];
  return `${lines.join('\n')}\n`;
}

/** What the proof does not reach, since nobody gave it. */
function archived({ archives }: AuditVerdict): string[] {
  const others = archives.filter(({ given }) => !given);
  const last = others.at(-1);
  if (!last) return [];
  const names = others.map(({ number }) => number).join(', ');
  const what = others.length === 1 ? `archive ${names}, which was` : `archives ${names}, which were`;
  return [`What was before ${last.before} is in ${what} not looked at.`];
}

/** How far the proof reaches. */
function reach({ holds, anchors, completeTo, signedTo }: AuditVerdict): string {
  if (completeTo !== null) return `Complete to ${completeTo}, unproven after.`;
  if (signedTo === null) return 'Nothing in it is signed.';
  if (anchors > 0 || !holds) return `Signed to ${signedTo}.`;
  return `Signed to ${signedTo}. Without anchors nothing shows an end cut off with its head, or a whole lane removed.`;
}
