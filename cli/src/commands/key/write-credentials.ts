import { write, writeJson } from '../../terminal.ts';

type Credentials = { clientId: string; clientSecret: string };

/** The credentials of a key on stdout, as one line of JSON or in words. */
export function writeCredentials({ clientId, clientSecret }: Credentials, json: boolean | undefined): Promise<void> {
  if (json) return writeJson({ clientId, clientSecret });
  return write(`Client ID:      ${clientId}\nClient secret:  ${clientSecret}\n`);
}
