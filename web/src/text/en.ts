// Every word of the screens, in English: short, plain, sentence case. One name per area, one verb for one act.
// {{name}} is filled in; _one and _other are forms of number. Each room has a file of its own in en/.

import type { ErrorCode } from '@arca/sdk';
import { accessKeys } from './en/access-keys.ts';
import { admin } from './en/admin.ts';
import { audit } from './en/audit.ts';
import { deviceSignIn } from './en/device-sign-in.ts';
import { first } from './en/first.ts';
import { groups } from './en/groups.ts';
import { imports } from './en/imports.ts';
import { itemFiles } from './en/item-files.ts';
import { itemForms } from './en/item-forms.ts';
import { itemNames } from './en/item-names.ts';
import { items } from './en/items.ts';
import { profile } from './en/profile.ts';
import { roomCodes } from './en/room-problems.ts';
import { users } from './en/users.ts';

/** Every refusal that the safe knows has words. */
const codes = { ...first.problems.codes, ...roomCodes } satisfies Record<ErrorCode, { what: string; next: string }>;

export const en = {
  ...first,
  problems: { ...first.problems, codes },
  audit,
  accessKeys: { ...accessKeys, deviceSignIn },
  admin,
  groups,
  imports,
  itemNames,
  items: { ...items, ...itemForms, ...itemFiles },
  users,
  profile,
};
