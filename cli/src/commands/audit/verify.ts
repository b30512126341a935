import { createReadStream } from 'node:fs';
import { Command } from 'commander';
import { linesOf } from '../../../../server/src/admin/lines.ts';
import type { AuditVerdict } from '../../../../server/src/admin/verify-file.ts';
import { example } from '../../example.ts';
import { Problem } from '../../problem.ts';
import { withSafe } from '../../safe.ts';
import { plain, readStdin, write, writeJson } from '../../terminal.ts';
import { readPublicKeys } from './read-public-keys.ts';

type Options = { publicKey?: string[]; json?: boolean };

export function auditVerify(): Command {
  return new Command('verify')
    .description('Check every entry and signature of the audit: that of the safe or, needing no safe, an export.')
    .argument('[file]', 'an export, or - for stdin; without it the safe itself')
    .option(
      '--public-key <key>',
      'trust this key alone: base64, or @FILE as `arca audit public-key` printed it',
      collect,
    )
    .option('--json', 'print the verdict as one line of JSON')
    .addHelpText('after', example('arca audit verify', 'arca audit verify audit.jsonl --public-key @audit-keys.txt'))
    .action(async (file: string | undefined, { publicKey, json }: Options) => {
      const verdict = file === undefined ? await verifySafe(publicKey) : await verifyFile(file, publicKey);
      await (json ? writeJson(verdict) : write(inWords(verdict)));
      if (!verdict.holds) throw new Problem('auditBroken', '');
    });
}

/** The option may be repeated. */
function collect(text: string, before: string[] = []): string[] {
  return [...before, text];
}

function verifySafe(publicKey: string[] | undefined): Promise<AuditVerdict> {
  if (publicKey) throw new Problem('usage', 'The safe is checked against its own keys: --public-key needs a file.');
  return withSafe((operator) => operator.run('audit.verify', undefined));
}

async function verifyFile(file: string, publicKey: string[] | undefined): Promise<AuditVerdict> {
  const trusted = publicKey ? readPublicKeys(publicKey) : null;
  // Hashing an entry needs the form in which it is stored, and so the store's code, which is slow to read.
  const { verifyAuditFile } = await import('../../../../server/src/admin/verify-file.ts');
  try {
    return await verifyAuditFile(linesOf(file === '-' ? readStdin() : createReadStream(file)), trusted);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === undefined) throw thrown;
    throw new Problem('refused', `${file} cannot be read (${code}).`);
  }
}

function inWords({ holds, entries, lanes, completeTo, trustedKeys, problems }: AuditVerdict): string {
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
    completeTo === null ? 'Nothing in it is signed.' : `Complete to ${completeTo}, unproven after.`,
    ...(trustedKeys
      ? []
      : ['Signed by the keys that the export itself names: give --public-key to prove whose they are.']),
  ];
  return `${lines.join('\n')}\n`;
}
