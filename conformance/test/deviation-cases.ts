import type { Answer } from '../call.ts';
import type { Asked, Deviation } from './deviating-server.ts';

/** Only what is asked like this comes changed. */
const on =
  (method: string, path: string, change: (answer: Answer, asked: Asked) => ReturnType<Deviation>): Deviation =>
  (asked, answer) =>
    asked.method === method && asked.path === path && asked.headers.authorization?.startsWith('Bearer ')
      ? change(answer, asked)
      : undefined;

/** Only the token that is asked for by JSON comes changed. */
const onJsonToken =
  (change: (answer: Answer) => ReturnType<Deviation>): Deviation =>
  (asked, answer) => {
    const isPlain = asked.method === 'POST' && asked.path === '/api/oauth2/token' && answer.status === 200;
    return isPlain && asked.body.startsWith('{') ? change(answer) : undefined;
  };

/** As much of a body as is changed here. */
type Body = {
  [name: string]: unknown;
  response: object;
  exception: object;
  password_entity: object;
  password_on_list: { name: string }[];
};

/** The answer with its body changed by hand, or by another one. */
const body =
  (change: (body: Body) => unknown) =>
  (answer: Answer): Partial<Answer> => {
    const copy = structuredClone(answer.json) as Body;
    return { text: JSON.stringify(change(copy) ?? copy) };
  };
const texts = (from: string, to: string) => (answer: Answer) => ({ text: answer.text.replaceAll(from, to) });
const header = (name: string, value: string) => (answer: Answer) => ({ headers: { ...answer.headers, [name]: value } });
const without = (name: string) => (answer: Answer) => {
  const { [name]: _gone, ...headers } = answer.headers;
  return { headers };
};
const page = { 'content-type': 'text/html; charset=utf-8' };
const html = '<!doctype html><title>No</title><h1>No</h1>';
const far = '2147483647';
export const list = '/api/mysafe/password';

export type Deviating = [what: string, deviation: Deviation, differences: string[], options?: string[]];

/** One change each, and where the report must see it: there, and nowhere else. */
export const deviations: readonly Deviating[] = [
  ['nothing', () => undefined, []],
  [
    'another message everywhere it stands',
    on('GET', `/api/mysafe/note/${far}`, texts('Note not found', 'No such note')),
    ['note-read-not-found: response.message: expected "1005: Note not found", came "1005: No such note" (message)'],
  ],
  [
    'another message in Portuguese alone',
    on('GET', `/api/mysafe/note/${far}`, texts('"mensagem":"1005: Note', '"mensagem":"1005: Nota')),
    ['note-read-not-found: response.mensagem: expected "1005: Note not found", came "1005: Nota not found" (message)'],
  ],
  [
    'another number of the error',
    on(
      'GET',
      `/api/mysafe/note/abc`,
      body(({ exception }) => void Object.assign(exception, { code: 1001 })),
    ),
    ['note-read-bad-identifier: exception.code: expected 1010, came 1001 (value)'],
  ],
  [
    'another order of the envelope',
    on(
      'GET',
      list,
      body(({ code, response, ...rest }) => ({ response, code, ...rest })),
    ),
    ['password-list: body: expected code, response, password_on_list, came response, code, password_on_list (order)'],
  ],
  [
    'another order in the entries',
    on('GET', list, (answer) =>
      body(({ password_on_list: entries }) => {
        const moved = entries.map(({ name, ...entry }) => ({ ...entry, name }));
        return { ...(answer.json as object), password_on_list: moved };
      })(answer),
    ),
    [
      'password-list: password_on_list[]: expected identifier, name, url, username, tags, need_justify, need_approval, can_view, can_write, came identifier, url, username, tags, need_justify, need_approval, can_view, can_write, name, and 1 more (order)',
    ],
  ],
  [
    'a number for an identifier',
    on('GET', list, (answer) => ({ text: answer.text.replace(/"identifier":"(\d+)"/g, '"identifier":$1') })),
    ['password-list: password_on_list[].identifier: expected a text of digits, came 1, and 1 more (type)'],
  ],
  [
    'a text for a flag',
    on('GET', list, texts('"can_view":true', '"can_view":"1"')),
    ['password-list: password_on_list[].can_view: expected true or false, came "1", and 1 more (type)'],
  ],
  [
    'a number that is not one of two',
    on('GET', list, texts('"need_justify":"0"', '"need_justify":"no"')),
    ['password-list: password_on_list[].need_justify: expected "0" or "1", came "no", and 1 more (value)'],
  ],
  [
    'a member less',
    on(
      'GET',
      `${list}/abc`,
      body(({ response }) => void Reflect.deleteProperty(response, 'cod_erro')),
    ),
    ['password-read-bad-identifier: response.cod_erro: expected 1, came nothing (absent)'],
  ],
  [
    'a member more',
    on(
      'GET',
      `${list}/abc`,
      body((whole) => ({ ...whole, trace: 'c0ffee' })),
    ),
    ['password-read-bad-identifier: trace: expected nothing, came a text of 6 (added)'],
  ],
  [
    'no list at all',
    on(
      'GET',
      list,
      body(({ password_on_list: _gone, ...whole }) => whole),
    ),
    ['password-list: password_on_list: expected a list, came nothing (absent)'],
  ],
  [
    'null for a list',
    on(
      'GET',
      list,
      body((whole) => ({ ...whole, password_on_list: null })),
    ),
    ['password-list: password_on_list: expected a list, came null (type)'],
  ],
  [
    'a filter that is passed over',
    (asked, answer) =>
      asked.path.startsWith(`${list}?url=arca-conformance`)
        ? { text: answer.text.replace('[]', '[{},{}]') }
        : undefined,
    ['password-list-by-url-of-nothing: password_on_list: expected a list of 0, came a list of 2 (entries)'],
  ],
  [
    'a list upside down',
    on(
      'GET',
      list,
      body(({ password_on_list: entries }) => void entries.reverse()),
    ),
    ['password-list: password_on_list: expected ascending identifiers, came another order, or repeats (order)'],
  ],
  [
    'a list that forgets what an empty filter finds',
    on(
      'GET',
      `${list}?name=`,
      body(({ password_on_list: entries }) => void entries.pop()),
    ),
    [
      'password-list-by-empty-filter: password_on_list: expected the 2 items of the list without filter, came 1 item (entries)',
    ],
  ],
  [
    'no WWW-Authenticate without a token',
    (asked, answer) =>
      asked.path === '/api/mysafe/note' && answer.status === 401 ? without('www-authenticate')(answer) : undefined,
    [
      'no-token: www-authenticate: expected Bearer, came nothing (header)',
      'bad-token: www-authenticate: expected Bearer error="invalid_token", came nothing (header)',
      'changed-token: www-authenticate: expected Bearer error="invalid_token", came nothing (header)',
    ],
  ],
  [
    'a challenge where nobody sent an Authorization',
    (asked, answer) =>
      asked.path === '/api/oauth2/token' &&
      answer.status === 401 &&
      !asked.headers.authorization &&
      asked.body.includes('client_id')
        ? header('www-authenticate', 'Basic realm="OAuth"')(answer)
        : undefined,
    ['wrong-secret: www-authenticate: expected nothing, came Basic realm="OAuth" (header)'],
  ],
  ['201 for a token', onJsonToken(() => ({ status: 201 })), ['token-by-json: status: expected 200, came 201 (status)']],
  [
    'seconds as text',
    onJsonToken(texts('"expires_in":3600', '"expires_in":"3600"')),
    ['token-by-json: expires_in: expected a whole number from 1, came "3600" (type)'],
  ],
  [
    'a member more beside the token',
    onJsonToken(body((whole) => ({ ...whole, refresh_token: null }))),
    ['token-by-json: refresh_token: expected nothing, came null (token member)'],
  ],
  [
    'a token that may be kept by proxies',
    onJsonToken(without('cache-control')),
    ['token-by-json: cache-control: expected no-store, came nothing (header)'],
  ],
  [
    'a token refused to one way of asking',
    onJsonToken(() => ({ status: 400, text: '{"error":"invalid_request"}' })),
    ['token-by-json: status: expected 200, came 400 (status)'],
  ],
  [
    'HTML for an error',
    on('GET', '/api/mysafe/nothing', () => ({ headers: page, text: html })),
    ['route-unknown: body: expected JSON, came text/html (not JSON)'],
  ],
  [
    'HTML of a gateway',
    on('GET', '/api/mysafe/nothing', () => ({ status: 502, headers: page, text: html })),
    ['route-unknown: status: expected 404 "No route matched with those values", came 502 with text/html (status)'],
  ],
  [
    'another answer',
    (asked, answer) => (asked.path === `/iso/mysafe/note/${far}` ? { ...noRouteOf(answer) } : undefined),
    ['alias-note-read-not-found: status: expected 400 "1005: Note not found", came 404 "No route" (status)'],
  ],
  [
    'another status of the same answer',
    on('GET', `${list}/abc`, () => ({ status: 422 })),
    [
      'password-read-bad-identifier: status: expected 400 "1010: Unexpected identifier type", came 422 "1010: Unexpected identifier type" (status)',
    ],
  ],
  [
    'a redirect',
    on('GET', '/api/mysafe/nothing', () => ({
      status: 302,
      headers: { location: 'https://elsewhere.test/login?back=c0ffee#x' },
      text: '',
    })),
    [
      'route-unknown: status: expected 404 "No route matched with those values", came 302 to https://elsewhere.test/login (status)',
    ],
  ],
  [
    'another content type',
    on('GET', '/api/mysafe/nothing', header('content-type', 'text/plain')),
    ['route-unknown: content-type: expected application/json, came text/plain (content type)'],
  ],
  ['a charset', on('GET', '/api/mysafe/nothing', header('content-type', 'application/json; charset=UTF-8')), []],
  [
    'slashes escaped as PHP does',
    on('GET', list, (answer) => ({ text: answer.text.replaceAll('/', '\\/') })),
    ['password-list: spelling: expected compact JSON that escapes only what it must, came "\\/" for "/" (spelling)'],
  ],
  [
    'white space between',
    on('GET', '/api/mysafe/nothing', ({ json }) => ({ text: JSON.stringify(json, null, 1) })),
    [
      'route-unknown: spelling: expected compact JSON that escapes only what it must, came spelled otherwise (spelling)',
    ],
  ],
  [
    'no answer',
    on('GET', `${list}/abc`, () => 'silence'),
    ['password-read-bad-identifier: answer: expected an answer, came HOST did not answer within 1 s (silence)'],
    ['--timeout', '1'],
  ],
  [
    'a cut connection',
    on('GET', `${list}/abc`, () => 'cut'),
    ['password-read-bad-identifier: answer: expected an answer, came HOST broke the connection (ECONNRESET) (silence)'],
  ],
  [
    'an absent secret in a read',
    on(
      'GET',
      `${list}/1`,
      body(({ password_entity: entity }) => void Reflect.deleteProperty(entity, 'token')),
    ),
    ['password-read-listed: password_entity.token: expected a text or null, came nothing (absent)'],
    ['--reveal'],
  ],
  [
    'a secret of another type in a read',
    on(
      'GET',
      `${list}/1`,
      body(({ password_entity: entity }) => void Object.assign(entity, { password: 424242 })),
    ),
    ['password-read-listed: password_entity.password: expected a text, came a number (type)'],
    ['--reveal'],
  ],
];

function noRouteOf({ headers }: Answer): Partial<Answer> {
  return { status: 404, headers, text: '{"code":404,"response":{"status":404,"message":"No route"}}' };
}
