import { Command } from 'commander';
import { credentialsFile, forgetCredentials, readCredentials } from '../client/credentials.ts';
import { endMadeKey, toRevoke } from '../client/end-made-key.ts';
import { example } from '../example.ts';
import { Problem } from '../problem.ts';
import { say } from '../terminal.ts';

export function logout(): Command {
  return new Command('logout')
    .description('Forget the access key that login kept, and revoke it if login had it made.')
    .addHelpText('after', example('arca logout'))
    .action(async () => {
      const kept = readCredentials();
      if (kept === null) return say('You are not logged in.');
      const fault = kept.isMade ? await endMadeKey(kept) : null;
      // Whoever logs out wants it gone from here, whether the safe can be reached or not.
      forgetCredentials();
      say(`Forgot ${credentialsFile()}.${kept.isMade ? '' : ` ${toRevoke(kept)}`}`);
      if (fault !== null) throw new Problem(fault.ending, `${fault.message} ${toRevoke(kept)}`);
      if (kept.isMade) say('The key is revoked.');
    });
}
