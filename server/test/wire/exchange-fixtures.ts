import assert from 'node:assert/strict';
import type { WiredKind as Kind } from '../../src/http/mysafe/shapes.ts';
import { removeItems, setFlags, setNextNumber } from '../set-up-store.ts';
import type { Person, TestSafe } from '../start-safe.ts';

/** Who takes part in the published exchanges; `dleite` is the caller. */
export type Stage = { safe: TestSafe; dleite: Person; pduarte: Person; alices: Person };

type Fixture = (stage: Stage) => Promise<void>;

export async function makeStage(safe: TestSafe): Promise<Stage> {
  const dleite = await safe.person('dleite');
  const pduarte = await safe.person('pduarte');
  const alices = await safe.person('alices');
  await safe.operator.run('group.add', { name: 'Test group' });
  return { safe, dleite, pduarte, alices };
}

const paths: Readonly<Record<Kind, string>> = { password: 'password', note: 'note', 'api-secret': 'secretapi' };

const blanks: Readonly<Record<Kind, object>> = {
  password: { name: 'n', username: 'u', password: 'p' },
  note: { name: 'n', note: 't' },
  'api-secret': { name: 'n', url: 'u', client_id: 'c' },
};

async function make(stage: Stage, kind: Kind, number: number, body: object = {}, owner = stage.dleite): Promise<void> {
  await setNextNumber(stage.safe, kind, number);
  const made = await owner.call('POST', `/api/mysafe/${paths[kind]}`, { ...blanks[kind], ...body });
  assert.equal(made.status, 201, made.text);
}

async function makeDisabled(stage: Stage, kind: Kind, number: number, owner = stage.dleite, body = {}): Promise<void> {
  await make(stage, kind, number, body, owner);
  const disabled = await owner.call('POST', `/api/mysafe/${paths[kind]}/inactive/${number}`);
  assert.equal(disabled.status, 200, disabled.text);
}

const nothing: Fixture = async () => {};
const next =
  (kind: Kind, number: number): Fixture =>
  ({ safe }) =>
    setNextNumber(safe, kind, number);
const active =
  (kind: Kind, number: number, body: object = {}): Fixture =>
  (stage) =>
    make(stage, kind, number, body);
const disabled =
  (kind: Kind, number: number): Fixture =>
  (stage) =>
    makeDisabled(stage, kind, number);
const each =
  (...fixtures: Fixture[]): Fixture =>
  async (stage) => {
    for (const fixture of fixtures) await fixture(stage);
  };

const viewers = { users_allowed: [{ username: 'dleite' }] };
const withGroup = { groups_allowed: [{ name: 'Test group', can_edit: false }] };

const github = { name: 'Github', url: 'https://github.com', username: 'dleite@example.com' };
const personal = { name: 'gmail personal', url: 'www.gmail.com', username: 'dleite@example.com', tags: 'gmail' };
const corporate = {
  name: 'gmail corporate',
  url: 'www.gmail.com',
  username: 'corporate@example.com',
  password: '7yha&thisismycorporatepassword78%h',
  notes: 'my gmail password',
  tags: 'gmail',
};
const passwords = each(
  active('password', 3, github),
  active('password', 4, personal),
  active('password', 5, corporate),
);
const notes = each(active('note', 1, { name: 'My note' }), active('note', 2, { name: 'Secret note', tags: 'secret' }));
const sensegAccount = {
  name: 'senseg account',
  url: 'www.senhasegura.com',
  username: 'npass',
  password: '8jhfy@3789',
  secret_key: 'JBSWY3DPEHPK3PXP',
  notes: 'Access details',
  tags: 'tag1, tag2',
  users_allowed: [{ username: 'pduarte' }],
  ...withGroup,
};
const gcp = {
  name: 'GCP',
  url: 'https://gcp.com',
  client_id: 'gf455f7g8fb5dfg8fd545bffbv',
  client_secret: 'gf5464g5v7ffsd857xc4fds57g8fds',
  identifier_code: 'hyga125',
  tags: 'Cloud',
  notes: 'Access details',
  method: 'get',
  users_allowed: [{ username: 'pduarte', can_edit: true }],
  ...withGroup,
};
const mySecret = {
  name: 'My API secret',
  url: 'www.url.com',
  client_secret: 'dq986483917r56e997',
  client_id: 'jdpidnbpchje6y76egh',
  identifier_code: 'dfqw45d',
  method: 'get',
  tags: 'secret',
  notes: 'My API secret',
  users_allowed: [{ username: 'pduarte' }],
  ...withGroup,
};
const superSecret = { name: 'My secret note', note: 'My super top secret note', tags: 'secret' };

/** What each exchange is given in words, by its id: on an empty safe, with the three people and the group. */
export const fixtures: Readonly<Record<string, Fixture>> = {
  'password-create': next('password', 312),
  'password-create-without-username': nothing,
  'password-update': active('password', 312, sensegAccount),
  'password-update-not-found': nothing,
  'password-list': passwords,
  'password-list-by-tag': passwords,
  'password-list-by-name': passwords,
  'password-read': active('password', 5, corporate),
  'password-read-not-found': nothing,
  'password-read-no-access': (stage) => make(stage, 'password', 1, {}, stage.pduarte),
  'password-read-inactive': disabled('password', 2),
  'password-read-bad-identifier': nothing,
  'password-disable': active('password', 10),
  'password-disable-again': disabled('password', 10),
  'password-disable-no-access': (stage) => make(stage, 'password', 11, viewers, stage.pduarte),
  'password-disable-not-found': nothing,
  'password-enable': disabled('password', 10),
  'password-enable-again': active('password', 10),
  'password-enable-no-access': (stage) => makeDisabled(stage, 'password', 11, stage.pduarte, viewers),
  'password-enable-not-found': nothing,
  'note-create': next('note', 173),
  'note-create-without-note': nothing,
  'note-create-too-long': nothing,
  'note-update-sharing-only': active('note', 2, { name: 'Secret note', tags: 'secret' }),
  'note-list': notes,
  'note-read': active('note', 177, { ...superSecret, users_allowed: [{ username: 'pduarte', can_edit: true }] }),
  'note-read-inactive': disabled('note', 9),
  'note-read-not-found': nothing,
  'note-disable': active('note', 2),
  'note-disable-again': disabled('note', 2),
  'note-enable': disabled('note', 2),
  'note-enable-again': active('note', 2),
  'secretapi-create': next('api-secret', 43),
  'secretapi-create-without-name': nothing,
  'secretapi-update': active('api-secret', 43, gcp),
  'secretapi-update-duplicate-identifier': each(
    active('api-secret', 43, { identifier_code: 'gcp7852' }),
    active('api-secret', 44),
  ),
  'secretapi-list': async (stage) => {
    await make(stage, 'api-secret', 3, { name: 'GCP1' });
    await make(stage, 'api-secret', 4, { name: 'GCP' });
    await setFlags(stage.safe, 'api-secret', 4, { justificationRequired: true, approvalRequired: true });
  },
  'secretapi-read': active('api-secret', 40, mySecret),
  'secretapi-read-not-found': nothing,
  'secretapi-read-inactive': disabled('api-secret', 5),
  'secretapi-disable': active('api-secret', 5),
  'secretapi-disable-again': disabled('api-secret', 2),
  'secretapi-enable': disabled('api-secret', 5),
  'secretapi-enable-again': active('api-secret', 2),
};

/** Leaves a safe with no item and the exchange's own fixture. */
export async function setUp(stage: Stage, fixture: Fixture): Promise<void> {
  await removeItems(stage.safe);
  await fixture(stage);
}
