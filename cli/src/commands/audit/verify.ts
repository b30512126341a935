import { createReadStream } from 'node:fs';
import { Command } from 'commander';
import { linesOf } from '../../../../server/src/admin/lines.ts';
import type { AuditVerdict } from '../../../../server/src/admin/verify-file.ts';
import { example } from '../../example.ts';
import { Problem } from '../../problem.ts';
import { withSafe } from '../../safe.ts';
import { plain, readStdin, write, writeJson } from '../../terminal.ts';
import { readPublicKeys } from './read-public-keys.ts';

type Options = { publicKey?: string[]; anchors?: string[]; state?: boolean; json?: boolean };

export function auditVerify(): Command {
  return new Command('verify')
    .description('Check every entry and signature of the audit: that of the safe or, needing no safe, an export.')
    .argument('[file]', 'an export, or - for stdin; without it the safe itself')
    .option(
      '--public-key <key>',
      'trust this key alone: base64, or @FILE as `arca audit public-key` printed it',
      collect,
    )
    .option('--anchors <file>', 'hold it against the anchors in this file, kept elsewhere; may be repeated', collect)
    .option('--state', 'also compare every item, share, membership and person of the safe with the last entry about it')
    .option('--json', 'print the verdict as one line of JSON')
    .addHelpText(
      'after',
      example(
        'arca audit verify --state',
        'arca audit verify audit.jsonl --public-key @audit-keys.txt --anchors anchors.jsonl',
      ),
    )
    .action(async (file: string | undefined, { json, ...options }: Options) => {
      const verdict = file === undefined ? await verifySafe(options) : await verifyFile(file, options);
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

async function verifyFile(file: string, { publicKey, anchors = [], state }: Options): Promise<AuditVerdict> {
  if (state) throw new Problem('usage', 'An export holds no items: --state checks the safe itself, and takes no file.');
  const trusted = publicKey ? readPublicKeys(publicKey) : null;
  // Hashing an entry needs the form in which it is stored, and so the store's code, which is slow to read.
  const { verifyAuditFile } = await import('../../../../server/src/admin/verify-file.ts');
  return verifyAuditFile(readLines(file), trusted, allLines(anchors));
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
    ...(trustedKeys
      ? []
      : ['Signed by the keys that the export itself names: give --public-key to prove whose they are.']),
  ];
  return `${lines.join('\n')}\n`;
}

/** How far the proof reaches. */
function reach({ holds, anchors, completeTo, signedTo }: AuditVerdict): string {
  if (completeTo !== null) return `Complete to ${completeTo}, unproven after.`;
  if (signedTo === null) return 'Nothing in it is signed.';
  if (anchors > 0 || !holds) return `Signed to ${signedTo}.`;
  return `Signed to ${signedTo}. Without anchors nothing shows an end cut off with its head, or a whole lane removed.`;
}
