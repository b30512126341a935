// biome-ignore-all lint/style/useFilenamingConvention: a language's code is written like this
// Todas as palavras das telas, em português do Brasil: escritas, não traduzidas palavra por palavra.

import { accessKeys } from './pt-BR/access-keys.ts';
import { admin } from './pt-BR/admin.ts';
import { app } from './pt-BR/app.ts';
import { audit } from './pt-BR/audit.ts';
import { groups } from './pt-BR/groups.ts';
import { itemNames } from './pt-BR/item-names.ts';
import { items } from './pt-BR/items.ts';
import { problems } from './pt-BR/problems.ts';
import { profile } from './pt-BR/profile.ts';
import { secondFactor } from './pt-BR/second-factor.ts';
import { session } from './pt-BR/session.ts';
import { ui } from './pt-BR/ui.ts';
import { users } from './pt-BR/users.ts';
import type { Words } from './words.ts';

export const ptBR = {
  ui,
  app,
  audit,
  accessKeys,
  admin,
  groups,
  itemNames,
  items,
  users,
  problems,
  profile,
  secondFactor,
  session,
} satisfies Words;
