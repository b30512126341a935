// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { AccessKeysApi } from './access-keys.ts';
import type { AuditApi } from './audit.ts';
import type { BatchApi } from './batch.ts';
import type { ItemsApi } from './items.ts';
import type { PasswordHealthApi } from './password-health.ts';
import type { PasswordStrengthApi } from './password-strength.ts';
import type { PolicyApi } from './policy.ts';
import type { PrivateGroupsApi } from './private-groups.ts';
import type { ProfileApi } from './profile.ts';
import type { ProposalsApi } from './proposals.ts';
import type { SafeKeysApi } from './safe-keys.ts';
import type { SessionApi } from './session.ts';
import type { SessionsApi } from './sessions.ts';
import type { SetUpApi } from './set-up.ts';
import type { StatisticsApi } from './statistics.ts';
import type { UserGroupsApi } from './user-groups.ts';
import type { UsersApi } from './users.ts';

export type * from './access-keys-schemas.ts';
export type * from './audit-schemas.ts';
export type * from './batch-schemas.ts';
export type * from './items-schemas.ts';
export type * from './password-health-schemas.ts';
export type * from './password-strength-schemas.ts';
export type * from './policy-schemas.ts';
export type * from './private-groups-schemas.ts';
export type * from './profile-schemas.ts';
export type * from './proposals-schemas.ts';
export type * from './safe-keys-schemas.ts';
export type * from './schemas.ts';
export type * from './session-schemas.ts';
export type * from './sessions-schemas.ts';
export type * from './set-up-schemas.ts';
export type * from './statistics-schemas.ts';
export type * from './user-groups-schemas.ts';
export type * from './users-schemas.ts';

export type Api = {
  items: ItemsApi;
  batch: BatchApi;
  passwordStrength: PasswordStrengthApi;
  passwordHealth: PasswordHealthApi;
  setUp: SetUpApi;
  session: SessionApi;
  accessKeys: AccessKeysApi;
  audit: AuditApi;
  statistics: StatisticsApi;
  sessions: SessionsApi;
  profile: ProfileApi;
  policy: PolicyApi;
  safeKeys: SafeKeysApi;
  users: UsersApi;
  userGroups: UserGroupsApi;
  privateGroups: PrivateGroupsApi;
  proposals: ProposalsApi;
};
