// biome-ignore-all lint/style/useFilenamingConvention: a language's code is written like this
// Todas as palavras das telas, em português do Brasil: escritas, não traduzidas palavra por palavra.

import { accessKeys } from './pt-BR/access-keys.ts';
import { admin } from './pt-BR/admin.ts';
import { audit } from './pt-BR/audit.ts';
import { deviceSignIn } from './pt-BR/device-sign-in.ts';
import { first } from './pt-BR/first.ts';
import { groups } from './pt-BR/groups.ts';
import { imports } from './pt-BR/imports.ts';
import { itemFiles } from './pt-BR/item-files.ts';
import { itemForms } from './pt-BR/item-forms.ts';
import { itemNames } from './pt-BR/item-names.ts';
import { items } from './pt-BR/items.ts';
import { profile } from './pt-BR/profile.ts';
import { roomCodes } from './pt-BR/room-problems.ts';
import { users } from './pt-BR/users.ts';
import type { Words } from './words.ts';

export const ptBR = {
  ...first,
  problems: { ...first.problems, codes: { ...first.problems.codes, ...roomCodes } },
  audit,
  accessKeys: { ...accessKeys, deviceSignIn },
  admin,
  groups,
  imports,
  itemNames,
  items: { ...items, ...itemForms, ...itemFiles },
  users,
  profile,
} satisfies Words;
