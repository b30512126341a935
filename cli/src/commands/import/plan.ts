import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { importFormats } from '../../../../server/src/admin/import-formats.ts';
import type { PlanInput } from '../../../../server/src/admin/imports.ts';
import { readPassphraseFile } from '../../../../server/src/admin/passphrase-file.ts';
import { example } from '../../example.ts';
import { fileTrouble } from '../../file-trouble.ts';
import { Problem } from '../../problem.ts';
import { withSafe } from '../../safe.ts';
import { type SignInOptions, signInOf, withSignIn } from '../../sign-in.ts';
import { writeJson } from '../../terminal.ts';
import { tellPlan } from './tell-import.ts';

type Options = SignInOptions & {
  format?: PlanInput['format'];
  passphraseFile?: string;
  keyFile?: string;
  json?: boolean;
};

export function importPlan(): Command {
  return withSignIn(
    new Command('plan')
      .description(
        'Read a file of another product, or another MySafe, and tell what would become of it. Changes nothing.',
      )
      .argument('<source>', 'the file; or the URL of another MySafe, with --key-file'),
  )
    .addOption(
      new Option('--format <format>', 'what wrote the file, where its looks do not tell').choices(importFormats),
    )
    .option('--passphrase-file <file>', 'opens an encrypted file: the passphrase, in a file of mode 0600')
    .option('--key-file <file>', 'the access key of another MySafe: client id and secret, a line each')
    .option('--json', 'print the plan as one line of JSON')
    .addHelpText('after', example('arca import plan bitwarden.json --user ana'))
    .action(async (source: string, options: Options) => {
      const { format = null, passphraseFile, keyFile, json } = options;
      const passphrase = passphraseFile ? await readPassphraseFile(passphraseFile) : '';
      const isFile = keyFile === undefined;
      if (isFile && /^https?:\/\//i.test(source))
        throw new Problem('usage', 'To read another MySafe, give the access key that opens it with --key-file.');
      const content = isFile ? contentOf(source).toString('base64') : '';
      const [clientId = '', clientSecret = ''] = isFile ? [] : contentOf(keyFile).toString('utf8').trim().split(/\s+/);
      if (!isFile && clientSecret === '')
        throw new Problem('refused', `${keyFile} must hold a client id and its secret, a line each.`);
      const as = await signInOf(options);
      const planned = await withSafe((operator) =>
        isFile
          ? operator.run('import.plan', { as, file: basename(source), format, content, passphrase })
          : operator.run('import.plan-mysafe', { as, source: { url: source, clientId, clientSecret } }),
      );
      await (json ? writeJson(planned) : tellPlan(planned, options.user));
    });
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (thrown) {
    throw new Problem('refused', `${path} cannot be read: ${fileTrouble(thrown)}.`);
  }
}
