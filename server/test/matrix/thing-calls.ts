import { type Action, actions } from '../../src/domain/access.ts';
import { anyPassword } from '../start-safe.ts';

/** Numbers of what the calls are about. */
export type Things = {
  userGroup: number;
  privateGroup: number;
  accessKey: number;
  encryptingKey: number;
  plan: number;
};

/** A call about no item. */
export type ThingCall = {
  dialect: 'v1' | 'wire';
  action: Action;
  method: string;
  path(things: Things): string;
  body?: object | (() => object);
  /** Whose the thing is: the caller's own (who then is its owner), ana's, or nobody's. */
  of: 'oneself' | 'ana' | 'nobody';
  /** The status, and the code of what is refused for another reason than for who asks. */
  allowed: string;
  /** Status and code for those who may not know of it. */
  hidden?: string;
  /** The entry of who may, and what it is about: an access key unless told. */
  event?: string;
  about?: 'user';
  /** The action that its refusals name, where the call is of another. */
  as?: Action;
};

let made = 0;
const next = () => {
  made += 1;
  return made;
};

const ghost = '404 session_not_found';
const noDevice = '404 device_sign_in_not_found';
const aCode = { userCode: 'BCDF-GHJK' };
const noUpload = '0'.repeat(32);
const wrong = { currentPassword: 'not the password 7', password: 'nine copper kettles 8' };

/** `METHOD path`, as one text: `{userGroup}` and the like stand for the numbers of things. */
function call(
  action: Action,
  of: ThingCall['of'],
  line: string,
  allowed: string,
  more: Partial<Pick<ThingCall, 'body' | 'hidden' | 'event' | 'about' | 'as' | 'dialect'>> = {},
): ThingCall {
  const [method = '', path = ''] = line.split(' ');
  const prefix = more.dialect === 'wire' ? '/api/mysafe' : '/api/v1';
  const at = (things: Things) =>
    prefix + path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(things[name as keyof Things]));
  return { dialect: 'v1', action, of, method, path: at, allowed, ...more };
}

const noKey = { hidden: '404 key_not_found' };
const noGroup = { hidden: '404 group_not_found' };
/** A file of no records. */
export const emptyCsv = Buffer.from('name,url,username,password\n').toString('base64');

const noImport = { hidden: '404 import_not_found' };
const newNote = () => ({ name: `note ${next()}`, note: 'x' });
const newGroup = () => ({ name: `group ${next()}` });
const described = { body: () => ({ description: `as of ${next()}` }) };

/** Every action on something else than one item, by each call that plays it. */
export const thingCalls: readonly ThingCall[] = [
  call('export.make', 'oneself', 'POST /exports', '200', { body: { format: 'csv' } }),
  call('import.plan', 'oneself', 'POST /imports', '400 import_unreadable', {
    body: { file: 'x', content: '' },
  }),
  call('import.list', 'oneself', 'GET /imports', '200'),
  call('import.read', 'ana', 'GET /imports/{plan}', '200', noImport),
  call('import.read', 'ana', 'GET /imports/{plan}/rows', '200', noImport),
  call('import.undo', 'ana', 'POST /imports/{plan}/undo', '409 import_impossible', noImport),
  call('import.apply', 'ana', 'POST /imports/{plan}/apply', '409 import_impossible', noImport),
  call('import.discard', 'ana', 'DELETE /imports/{plan}', '409 import_impossible', noImport),
  call('item.create', 'oneself', 'POST /items/note', '201', { body: newNote }),
  call('item.create', 'oneself', 'POST /note', '201', { body: newNote, dialect: 'wire' }),
  call('item.list', 'oneself', 'GET /items', '200'),
  call('item.list', 'oneself', 'GET /password', '200', { dialect: 'wire' }),
  call('upload.begin', 'oneself', 'POST /uploads', '413 file_too_large', { body: { size: 9e9, fileName: 'a' } }),
  call('upload.list', 'oneself', 'GET /uploads', '200'),
  call('upload.list', 'oneself', `GET /uploads/${noUpload}`, '404 upload_not_found'),
  call('upload.add-part', 'oneself', `PUT /uploads/${noUpload}/parts/0`, '404 upload_not_found'),
  call('upload.cancel', 'oneself', `DELETE /uploads/${noUpload}`, '404 upload_not_found'),
  call('password.judge', 'oneself', 'POST /password-strength', '200', { body: { password: 'x' } }),
  call('password.read-health', 'oneself', 'GET /password-health', '200'),
  call('session.check', 'oneself', 'GET /items?limit=x', '400 request_invalid'),
  call('session.check', 'oneself', 'GET /nothing', '404', { dialect: 'wire' }),
  call('session.read', 'oneself', 'GET /session', '200'),
  call('session.list', 'oneself', 'GET /sessions', '200'),
  call('session.prove', 'oneself', 'POST /session/proof', '401 password_wrong', { body: { password: 'not it, 77' } }),
  call('session.end', 'oneself', 'DELETE /sessions/00000000-0000-4000-8000-000000000000', ghost),
  call('profile.read', 'oneself', 'GET /profile', '200'),
  call('profile.change', 'oneself', 'PATCH /profile', '200', { body: () => ({ name: `name ${next()}` }) }),
  call('profile.change-email', 'oneself', 'PATCH /profile', '200', {
    body: () => ({ email: `m${next()}@example.com` }),
    as: 'profile.change',
  }),
  call('profile.change-password', 'oneself', 'POST /profile/password', '401 password_wrong', { body: wrong }),
  call('profile.change-second-factor', 'oneself', 'POST /profile/second-factor/confirm', '409 second_factor_absent', {
    body: { code: '000000' },
  }),
  call('policy.read', 'oneself', 'GET /policy', '200'),
  call('policy.change', 'nobody', 'PATCH /policy', '200', { body: { idleMinutes: 60 } }),
  call('statistics.read', 'nobody', 'GET /statistics', '200'),
  call('user.add', 'nobody', 'POST /users', '409 username_taken', { body: { username: 'ana', password: anyPassword } }),
  call('user.list', 'nobody', 'GET /users', '200'),
  call('user.list', 'nobody', 'GET /users/zoe', '200'),
  call('user.change', 'nobody', 'PATCH /users/zoe', '200', { body: () => ({ name: `Zoe ${next()}` }) }),
  call('user.disable', 'nobody', 'POST /users/zoe/disable', '200'),
  call('user.enable', 'nobody', 'POST /users/zoe/enable', '200'),
  call('user.set-password', 'nobody', 'POST /users/zoe/password', '200', { body: { password: anyPassword } }),
  call('user.end-sessions', 'nobody', 'POST /users/zoe/end-sessions', '200'),
  call('user.remove-second-factor', 'nobody', 'POST /users/zoe/remove-second-factor', '200'),
  call('user.seize-items', 'nobody', 'POST /users/zoe/seize-items', '422 transfer_impossible', { body: { to: 'zoe' } }),
  call('proposal.list', 'nobody', 'GET /proposals', '200'),
  call('proposal.decide', 'nobody', 'POST /proposals/999999/confirm', '404 proposal_not_found'),
  call('proposal.decide', 'nobody', 'POST /proposals/999999/reject', '404 proposal_not_found'),
  call('group.list', 'nobody', 'GET /user-groups', '200'),
  call('group.list', 'oneself', 'GET /private-groups', '200'),
  call('group.add', 'nobody', 'POST /user-groups', '201', { body: newGroup }),
  call('group.add', 'oneself', 'POST /private-groups', '201', { body: newGroup }),
  call('group.change', 'nobody', 'PATCH /user-groups/{userGroup}', '200', described),
  call('group.change', 'ana', 'PATCH /private-groups/{privateGroup}', '200', { ...described, ...noGroup }),
  call('group.disable', 'nobody', 'POST /user-groups/{userGroup}/disable', '200'),
  call('group.disable', 'ana', 'POST /private-groups/{privateGroup}/disable', '200', noGroup),
  call('group.enable', 'nobody', 'POST /user-groups/{userGroup}/enable', '200'),
  call('group.enable', 'ana', 'POST /private-groups/{privateGroup}/enable', '200', noGroup),
  call('group.add-member', 'nobody', 'PUT /user-groups/{userGroup}/members/zoe', '200'),
  call('group.add-member', 'ana', 'PUT /private-groups/{privateGroup}/members/zoe', '200', noGroup),
  call('group.remove-member', 'nobody', 'DELETE /user-groups/{userGroup}/members/zoe', '200'),
  call('group.remove-member', 'ana', 'DELETE /private-groups/{privateGroup}/members/zoe', '200', noGroup),
  call('access-key.add', 'oneself', 'POST /access-keys', '201', { body: { name: 'new' }, event: 'access-key.added' }),
  call('access-key.list', 'oneself', 'GET /access-keys', '200'),
  call('access-key.list', 'ana', 'GET /access-keys?owner=ana', '200'),
  call('access-key.list', 'nobody', 'GET /access-keys?owner=all', '200'),
  call('access-key.report', 'oneself', 'GET /access-keys/report', '200'),
  call('access-key.report', 'ana', 'GET /access-keys/report?owner=ana', '200'),
  call('access-key.read', 'ana', 'GET /access-keys/{accessKey}', '200', noKey),
  call('access-key.simulate', 'ana', 'POST /access-keys/{accessKey}/simulate', '200', noKey),
  call('access-key.change', 'ana', 'PATCH /access-keys/{accessKey}', '200', {
    ...described,
    ...noKey,
    event: 'access-key.changed',
  }),
  call('access-key.clone', 'ana', 'POST /access-keys/{accessKey}/clone', '201', {
    ...noKey,
    event: 'access-key.cloned',
  }),
  call('access-key.confirm', 'ana', 'POST /access-keys/{accessKey}/confirm', '200', noKey),
  call('access-key.view-secret', 'ana', 'POST /access-keys/{accessKey}/secret', '200', {
    ...noKey,
    event: 'access-key.secret-viewed',
  }),
  call('access-key.view-private-key', 'ana', 'POST /access-keys/{encryptingKey}/private-key', '200', {
    ...noKey,
    event: 'access-key.private-key-viewed',
  }),
  call('access-key.revoke', 'ana', 'POST /access-keys/{accessKey}/revoke', '200', noKey),
  call('audit.list', 'oneself', 'GET /audit', '200'),
  call('audit.list', 'ana', 'GET /audit?user=ana', '200'),
  call('audit.export', 'nobody', 'GET /audit/export?format=csv', '200'),
  call('audit.leaver', 'oneself', 'GET /users/zoe/leaver-report', '200', {
    event: 'audit.leaver-reported',
    about: 'user',
  }),
  call('safe-key.list', 'nobody', 'GET /safe-keys', '200'),
  call('safe-key.rotate', 'nobody', 'POST /safe-keys/rotate', '400 field_invalid', {
    body: { what: 'index', reseal: true },
  }),
  call('device-sign-in.read', 'oneself', 'POST /device-sign-ins/read', noDevice, { body: aCode }),
  call('device-sign-in.allow', 'oneself', 'POST /device-sign-ins/allow', noDevice, { body: aCode }),
  call('device-sign-in.deny', 'oneself', 'POST /device-sign-ins/deny', noDevice, { body: aCode }),
  // The last: what called has ended.
  call('access-key.end-own', 'oneself', 'POST /access-keys/end-own', '204', { event: 'access-key.revoked' }),
];

/** Actions that no call over HTTP plays: they are the operator's, by commands. */
export const ofTheHost: readonly Action[] = actions.filter((action) =>
  ['safe.set-up', 'audit.verify', 'audit.archive', 'backup.make', 'backup.prove', 'safe-key.rotate-root'].includes(
    action,
  ),
);
