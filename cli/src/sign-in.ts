import type { Command } from 'commander';
import type { SignedAs } from '../../server/src/admin/as-user.ts';
import { readSecret } from './password.ts';

export type SignInOptions = { user: string; passwordStdin?: boolean; code?: string };

/** The options by which somebody on this host shows whose items he means. */
export function withSignIn(command: Command): Command {
  return command
    .requiredOption('--user <username>', 'whose items; he signs in for it')
    .option('--password-stdin', 'read his password from stdin')
    .option('--code <digits>', 'a code of his second factor');
}

export async function signInOf({ user, passwordStdin, code }: SignInOptions): Promise<SignedAs> {
  return {
    username: user,
    password: await readSecret('password', '--password-stdin', passwordStdin),
    code: code ?? null,
  };
}
