import assert from 'node:assert/strict';

/** One call by the client under test, with the token it got by itself. */
export type Send = (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) => Promise<WireAnswer>;

export type WireAnswer = { status: number; body: WireBody };

/** What every answer of the wire holds; the rest is its payload. */
export type WireBody = {
  code: number;
  response: { status: number; message: string; error: boolean; error_code: number };
  [payload: string]: unknown;
};

type Life = {
  path: string;
  draft: Readonly<Record<string, string>>;
  change: Readonly<Record<string, string>>;
  /** Members of the answer to a read, after the change. */
  reads: Readonly<Record<string, string>>;
  keys: { list: string; read: string; written: string };
  messages: {
    created: string;
    updated: string;
    disabled: string;
    disabledAgain: string;
    enabled: string;
    enabledAgain: string;
  };
  inactive: string;
};

const lives: readonly Life[] = [
  {
    path: '/api/mysafe/password',
    draft: { name: 'Router', username: 'root', password: 'first secret', notes: 'rack 4', tags: 'net, home' },
    change: { password: 'second secret' },
    reads: { name: 'Router', username: 'root', password: 'second secret', notes: 'rack 4', tags: 'net, home' },
    keys: { list: 'password_on_list', read: 'password_entity', written: 'password_entity' },
    messages: {
      created: 'Password successfully registered',
      updated: 'Password successfully updated',
      disabled: 'Password successfully deactivated',
      disabledAgain: 'Password has already been deactivated',
      enabled: 'Password successfully activated',
      enabledAgain: 'Password has already been activated',
    },
    inactive: '1009: Inactive password',
  },
  {
    path: '/api/mysafe/note',
    draft: { name: 'Door', note: 'code 1357', tags: 'office' },
    change: { note: 'code 2468' },
    reads: { name: 'Door', note: 'code 2468', tags: 'office' },
    keys: { list: 'note_on_list', read: 'note_entity', written: 'note_entity' },
    messages: {
      created: 'Note successfully registered',
      updated: 'Note successfully update',
      disabled: 'Note successfully deactivated',
      disabledAgain: 'Note has already been deactivated',
      enabled: 'Note successfully activated',
      enabledAgain: 'Note has already been activated',
    },
    inactive: '1009: Inactive note',
  },
  {
    path: '/api/mysafe/secretapi',
    draft: {
      name: 'Billing',
      url: 'https://billing.example.com',
      client_id: 'shop',
      client_secret: 'one',
      method: 'POST',
    },
    change: { client_secret: 'two' },
    reads: { name: 'Billing', client_id: 'shop', client_secret: 'two', method: 'POST', identifier_code: '', notes: '' },
    keys: { list: 'api_secret_on_list', read: 'api_secret_entity', written: 'api_entity' },
    messages: {
      created: 'Api secret successfully registered',
      updated: 'Api secret updated successfully',
      disabled: 'Api secret successfully deactivated',
      disabledAgain: 'Api secret has already been deactivated',
      enabled: 'Api secret activated successfully',
      enabledAgain: 'Api secret has already been activated',
    },
    inactive: '1009: Inactive api secret',
  },
];

/** Takes an item of each kind through every operation of the wire, and checks what the client got back. */
export async function liveEveryLife(send: Send): Promise<void> {
  for (const life of lives) await live(send, life);
}

async function live(send: Send, { path, draft, change, reads, keys, messages, inactive }: Life): Promise<void> {
  const expect = async (call: Promise<WireAnswer>, status: number, message: string): Promise<WireBody> => {
    const { status: got, body } = await call;
    const error = status >= 400;
    assert.equal(got, status, JSON.stringify(body));
    assert.equal(body.code, status);
    const { response } = body;
    assert.deepEqual(
      { status: response.status, message: response.message, error: response.error, error_code: response.error_code },
      { status, message, error, error_code: error ? 1 : 0 },
    );
    return body;
  };

  const made = await expect(send('POST', path, draft), 201, messages.created);
  const { identifier } = made[keys.written] as { identifier: string };
  assert.match(identifier, /^[1-9]\d*$/);

  const listed = await expect(send('GET', path), 200, '');
  const found = (listed[keys.list] as { identifier: string }[]).filter((one) => one.identifier === identifier);
  assert.equal(found.length, 1);

  await expect(send('PUT', `${path}/update/${identifier}`, change), 200, messages.updated);
  const read = await expect(send('GET', `${path}/${identifier}`), 200, 'Success');
  const entity = read[keys.read] as Record<string, unknown>;
  assert.deepEqual(Object.fromEntries(Object.keys(reads).map((name) => [name, entity[name]])), reads);

  await expect(send('POST', `${path}/inactive/${identifier}`), 200, messages.disabled);
  await expect(send('POST', `${path}/inactive/${identifier}`), 200, messages.disabledAgain);
  await expect(send('GET', `${path}/${identifier}`), 400, inactive);
  await expect(send('POST', `${path}/active/${identifier}`), 200, messages.enabled);
  await expect(send('POST', `${path}/active/${identifier}`), 200, messages.enabledAgain);
  await expect(send('GET', `${path}/${identifier}`), 200, 'Success');
}
