import { Command } from 'commander';
import { credentialsFile, forgetCredentials, readCredentials } from '../client/credentials.ts';
import { example } from '../example.ts';
import { say } from '../terminal.ts';

export function logout(): Command {
  return new Command('logout')
    .description('Forget the access key that login kept. The key itself goes on until it expires or is revoked.')
    .addHelpText('after', example('arca logout'))
    .action(() => {
      const kept = readCredentials();
      if (kept === null) return say('You are not logged in.');
      forgetCredentials();
      say(`Forgot ${credentialsFile()}. Revoke the key, too, on the Access keys page of ${kept.url}: ${kept.clientId}`);
    });
}
