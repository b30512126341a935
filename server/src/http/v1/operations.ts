import { accessKeyOperations } from './access-keys.ts';
import { accessKeyInquiryOperations } from './access-keys-inquiry.ts';
import { auditOperations } from './audit.ts';
import { batchOperations } from './batch.ts';
import { deviceSignInOperations } from './device-sign-ins.ts';
import { exportOperations } from './exports.ts';
import { fileOperations } from './file-content.ts';
import { importOperations } from './imports.ts';
import { itemShareOperations } from './item-shares.ts';
import { itemVersionOperations } from './item-versions.ts';
import { itemOperations } from './items.ts';
import type { ApiParts, Operation } from './operation.ts';
import { passwordHealth } from './password-health.ts';
import { passwordStrength } from './password-strength.ts';
import { policyOperations } from './policy.ts';
import { privateGroupOperations } from './private-groups.ts';
import { profileOperations } from './profile.ts';
import { secondFactorOperations } from './profile-second-factor.ts';
import { proposalOperations } from './proposals.ts';
import { safeKeyOperations } from './safe-keys.ts';
import { sessionOperations } from './session.ts';
import { sessionListOperations } from './sessions.ts';
import { setUpOperations } from './set-up.ts';
import { statisticsOperations } from './statistics.ts';
import { uploadOperations } from './uploads.ts';
import { userGroupOperations } from './user-groups.ts';
import { userOperations } from './users.ts';
import { leaverOperations } from './users-leaver.ts';

/** Every operation of our own API, in the order of the reference. */
export function operations(parts: ApiParts): Operation[] {
  return [
    ...itemOperations,
    ...itemShareOperations,
    ...itemVersionOperations,
    ...fileOperations,
    ...uploadOperations,
    ...batchOperations,
    passwordStrength,
    passwordHealth,
    ...importOperations,
    ...exportOperations,
    ...setUpOperations(parts),
    ...sessionOperations(parts),
    ...accessKeyOperations,
    ...accessKeyInquiryOperations,
    ...deviceSignInOperations(parts),
    ...auditOperations,
    ...statisticsOperations,
    ...sessionListOperations,
    ...profileOperations(parts),
    ...secondFactorOperations(parts),
    ...policyOperations,
    ...safeKeyOperations,
    ...userOperations,
    ...leaverOperations,
    ...userGroupOperations,
    ...privateGroupOperations,
    ...proposalOperations,
  ];
}
