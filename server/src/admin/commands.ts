import { addAccessKey } from '../actions/access-keys/add.ts';
import { changeAccessKey } from '../actions/access-keys/change.ts';
import { cloneAccessKey } from '../actions/access-keys/clone.ts';
import { confirmAccessKey } from '../actions/access-keys/confirm.ts';
import { listAccessKeys } from '../actions/access-keys/list.ts';
import { revokeAccessKey } from '../actions/access-keys/revoke.ts';
import { viewPrivateKey } from '../actions/access-keys/view-private-key.ts';
import { viewKeySecret } from '../actions/access-keys/view-secret.ts';
import { beginArchive, endArchive, listAuditArchives } from '../actions/audit/archive.ts';
import { archiveTurn } from '../actions/audit/archive-turn.ts';
import { archiveLines, exportAudit } from '../actions/audit/export.ts';
import { leaverReport } from '../actions/audit/leaver.ts';
import { listAudit } from '../actions/audit/list.ts';
import { auditPublicKey } from '../actions/audit/public-key.ts';
import { verifyAudit } from '../actions/audit/verify.ts';
import { checkStore } from '../actions/backup/check.ts';
import { makeBackup } from '../actions/backup/make.ts';
import { recordBackup, recordProof } from '../actions/backup/record.ts';
import { addGroup } from '../actions/groups/add.ts';
import { addMember } from '../actions/groups/add-member.ts';
import { disableGroup } from '../actions/groups/disable.ts';
import { enableGroup } from '../actions/groups/enable.ts';
import { findGroupByName, type TypedGroup } from '../actions/groups/find-by-name.ts';
import { listAllGroups } from '../actions/groups/list-all.ts';
import type { GroupName } from '../actions/groups/load-group.ts';
import { removeMember } from '../actions/groups/remove-member.ts';
import type { Context } from '../actions/safe.ts';
import { listSafeKeys, readRotation } from '../actions/safe-keys/list.ts';
import { rotateSafeKeys } from '../actions/safe-keys/rotate.ts';
import { rotateRootKey } from '../actions/safe-keys/rotate-root.ts';
import { addUser, type NewUser, setUpSafe } from '../actions/users/add.ts';
import { disableUser } from '../actions/users/disable.ts';
import { enableUser } from '../actions/users/enable.ts';
import { listAllUsers } from '../actions/users/list-all.ts';
import { removeSecondFactorOf } from '../actions/users/remove-second-factor.ts';
import { setPassword } from '../actions/users/set-password.ts';
import * as imports from './imports.ts';

/**
 * What the operator of the host can do, by name. Each takes plain JSON and gives plain JSON (dates as ISO 8601, bytes as base64), so that
 * it runs the same in this process and through the socket of a running server. Refusals are thrown.
 */
export const commands = {
  setup: setUpSafe,
  'user.add': async (ctx: Context, input: NewUser) => (await addUser(ctx, input)).user,
  'user.list': listAllUsers,
  'user.disable': disableUser,
  'user.enable': enableUser,
  'user.set-password': setPassword,
  'user.remove-second-factor': removeSecondFactorOf,
  'group.add': addGroup,
  'group.list': listAllGroups,
  'group.disable': typed('group.disable', disableGroup),
  'group.enable': typed('group.enable', enableGroup),
  'group.add-member': typed('group.add-member', addMember),
  'group.remove-member': typed('group.remove-member', removeMember),
  'access-key.add': addAccessKey,
  'access-key.list': listAccessKeys,
  'access-key.change': changeAccessKey,
  'access-key.clone': cloneAccessKey,
  'access-key.revoke': revokeAccessKey,
  'access-key.confirm': confirmAccessKey,
  'access-key.view-secret': viewKeySecret,
  'access-key.view-private-key': viewPrivateKey,
  'audit.list': listAudit,
  'audit.leaver': leaverReport,
  'audit.verify': verifyAudit,
  'audit.public-key': auditPublicKey,
  'audit.begin-archive': beginArchive,
  'audit.end-archive': endArchive,
  'audit.archives': listAuditArchives,
  'backup.made': recordBackup,
  'backup.check': checkStore,
  'backup.proven': recordProof,
  'import.plan': imports.plan,
  'import.plan-mysafe': imports.planMySafe,
  'import.log': imports.log,
  'import.discard': imports.discard,
  'export.make': imports.exportAs,
  'safe-key.list': listSafeKeys,
  'safe-key.rotation': readRotation,
  'safe-key.rotate': rotateSafeKeys,
  'safe-key.rotate-root': rotateRootKey,
} as const satisfies Record<string, (ctx: Context, input: never) => Promise<unknown>>;

/** An operator types the name of a group; actions take its id. */
function typed<I extends GroupName, R>(
  action: Parameters<typeof findGroupByName>[1],
  run: (ctx: Context, input: I) => Promise<R>,
): (ctx: Context, input: TypedGroup & Omit<I, keyof GroupName>) => Promise<R> {
  return async (ctx, input) => run(ctx, { ...input, ...(await findGroupByName(ctx, action, input)) } as unknown as I);
}

/** Those whose answer is a stream of JSON lines. */
export const streams = {
  'audit.export': exportAudit,
  'audit.archive-lines': archiveLines,
  'audit.archive-turn': archiveTurn,
  'backup.make': makeBackup,
  'import.apply': imports.apply,
  'import.undo': imports.undo,
} as const satisfies Record<string, (ctx: Context, input: never) => AsyncIterable<unknown>>;

export type CommandName = keyof typeof commands;
export type StreamName = keyof typeof streams;
export type InputOf<N extends CommandName> =
  Parameters<(typeof commands)[N]> extends [Context, infer I] ? I : undefined;
/** Nothing for a stream that takes no input. */
export type StreamInputOf<N extends StreamName> = Parameters<(typeof streams)[N]> extends [Context, infer I] ? [I] : [];
export type ResultOf<N extends CommandName> = Jsonified<Awaited<ReturnType<(typeof commands)[N]>>>;

/** A value after a trip through JSON: dates and bytes become texts. */
type Jsonified<T> = T extends Date
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends Uint8Array
      ? string
      : T extends readonly (infer E)[]
        ? Jsonified<E>[]
        : T extends object
          ? { [K in keyof T]: Jsonified<T[K]> }
          : T;
