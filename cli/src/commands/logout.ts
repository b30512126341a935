import { Command } from 'commander';
import { isProblem } from '../../../sdk/src/arca.ts';
import { calling, clientOf } from '../client/connect.ts';
import { type Credentials, credentialsFile, forgetCredentials, readCredentials } from '../client/credentials.ts';
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
      const toDo = `Revoke the key, too, on the Access keys page of ${kept.url}: ${kept.clientId}`;
      const fault = kept.isMade ? await revoke(kept).catch((thrown: unknown) => thrown) : null;
      // Whoever logs out wants it gone from here, whether the safe can be reached or not.
      forgetCredentials();
      say(`Forgot ${credentialsFile()}.${kept.isMade ? '' : ` ${toDo}`}`);
      if (fault === null) return kept.isMade ? say('The key is revoked.') : undefined;
      if (!(fault instanceof Problem)) throw fault;
      throw new Problem(fault.ending, `${fault.message} ${toDo}`);
    });
}

/** Null when it is done, or the key had ended before. */
async function revoke(kept: Credentials): Promise<null> {
  await calling(kept.url, async () => {
    try {
      await clientOf({ ...kept, privateKeyFile: null }).accessKeys.endOwn();
    } catch (thrown) {
      if (!isProblem(thrown, 'client_unknown') && !isProblem(thrown, 'token_invalid')) throw thrown;
    }
  });
  return null;
}
