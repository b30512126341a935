import type { Item } from '@arca/sdk';
import { Ban, CircleCheck, Copy, ExternalLink, Eye, Pencil, Timer, UserRound, Users } from 'lucide-react';
import type { useWords } from '../../text/use-words.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { holds, mainSecret, urlOf, userOf } from '../fields.ts';
import { safeLink } from '../safe-link.ts';
import type { ItemActs } from '../use-item-acts.ts';

/** The menu of an item, in a row or on a card: what this person may do with it as it stands. */
export function entriesFor(item: Item, acts: ItemActs, words: ReturnType<typeof useWords>): MenuEntry[] {
  const entries: (MenuEntry | false)[] = [
    { id: 'view', label: words('items.acts.view'), icon: Eye, keys: ['Enter'], onAction: () => acts.view(item) },
    userOf(item) !== undefined && {
      id: 'copy-user',
      label: words(`items.copy.${item.kind === 'api-secret' ? 'clientId' : 'username'}`),
      icon: UserRound,
      keys: ['U'],
      onAction: () => acts.copyUser(item),
    },
    item.enabled &&
      holds(item, mainSecret[item.kind]) && {
        id: 'copy-secret',
        label: words(`items.copy.${mainSecret[item.kind]}`),
        icon: Copy,
        keys: ['C'],
        onAction: () => acts.copySecret(item),
      },
    item.enabled &&
      holds(item, 'totp') && {
        id: 'copy-code',
        label: words('items.copy.code'),
        icon: Timer,
        onAction: () => acts.copyCode(item),
      },
    safeLink(urlOf(item)) !== null && {
      id: 'open',
      label: words('items.acts.open'),
      icon: ExternalLink,
      keys: ['O'],
      onAction: () => acts.openUrl(item),
    },
    item.may.update &&
      item.enabled && {
        id: 'edit',
        label: words('items.acts.edit'),
        icon: Pencil,
        keys: ['E'],
        onAction: () => acts.edit(item),
      },
    item.may.share &&
      item.enabled && { id: 'share', label: words('items.acts.share'), icon: Users, onAction: () => acts.share(item) },
    item.may.update &&
      (item.enabled
        ? {
            id: 'disable',
            label: words('items.acts.disable'),
            icon: Ban,
            isDangerous: true,
            onAction: () => acts.setEnabled(item, false),
          }
        : {
            id: 'enable',
            label: words('items.acts.enable'),
            icon: CircleCheck,
            onAction: () => acts.setEnabled(item, true),
          }),
  ];
  return entries.filter((entry) => entry !== false);
}
