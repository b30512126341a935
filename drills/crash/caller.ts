import type { Operator } from '../../server/src/admin/operate.ts';
import { type Known, mustHold } from './known.ts';

type Answer = { status: number; json: Record<string, unknown> };

/** One user with an access key, calling the server that runs now. */
export type Caller = {
  username: string;
  /** `told` is true when the audit must have an entry of the answer. Rejects when no whole answer came. */
  call(method: string, path: string, body: object | null, told: boolean, headers?: object): Promise<Answer>;
  newToken(): Promise<void>;
  /** Where the server listens after its next start. */
  moveTo(url: string): void;
};

/** A user and his key, made by the operator of the host. */
export async function makeCaller(operator: Operator, username: string, known: Known): Promise<Caller> {
  await operator.run('user.add', { username, password: 'seven wooden boats 41' });
  const { clientId, clientSecret } = await operator.run('access-key.add', { owner: username, name: 'drill' });
  let url = '';
  let token = '';
  const caller: Caller = {
    username,
    async call(method, path, body, told, headers = {}) {
      const answer = await fetch(url + path, {
        method,
        headers: {
          ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
          ...(body === null ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === null ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const id = answer.headers.get('x-request-id') ?? '';
      if (told) known.answered.set(id, `${method} ${path} of ${username}, answered ${answer.status}`);
      known.counts.answers = (known.counts.answers ?? 0) + 1;
      mustHold(answer.status < 500, `${method} ${path} was answered ${answer.status} ${text}`);
      return { status: answer.status, json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
    },
    async newToken() {
      const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      const { status, json } = await caller.call('POST', '/api/oauth2/token', grant, true);
      mustHold(status === 200, `a token was refused with ${status}`);
      token = String(json.access_token);
    },
    moveTo(next) {
      url = next;
    },
  };
  return caller;
}
