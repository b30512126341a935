import { isProblem } from '../../../sdk/src/arca.ts';
import { Problem } from '../problem.ts';
import { calling, clientOf } from './connect.ts';
import type { Credentials } from './credentials.ts';

/** Revokes a key that `arca login` had made. Null when it is done, or the key had ended before; else why it is not. */
export async function endMadeKey(kept: Credentials): Promise<Problem | null> {
  try {
    await calling(kept.url, async () => {
      try {
        await clientOf({ ...kept, privateKeyFile: null }).accessKeys.endOwn();
      } catch (thrown) {
        if (!isProblem(thrown, 'client_unknown') && !isProblem(thrown, 'token_invalid')) throw thrown;
      }
    });
    return null;
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown;
    throw thrown;
  }
}

/** What is left to be done by hand with a key that this account no longer keeps. */
export function toRevoke({ url, clientId }: Credentials): string {
  return `Revoke the key, too, on the Access keys page of ${url}: ${clientId}`;
}
