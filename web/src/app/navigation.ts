import type { Session } from '@arca/sdk';
import {
  Code,
  Gauge,
  Handshake,
  History,
  House,
  KeyRound,
  KeySquare,
  LockKeyhole,
  Paperclip,
  Scale,
  StickyNote,
  UserCog,
  Users,
  UsersRound,
} from 'lucide-react';
import type { useWords } from '../text/use-words.ts';
import type { Place } from '../ui/app-frame.tsx';

type Group = { heading?: string; places: Place[] };

/** The places of the sidebar in their groups; the first four stand in the bar of a phone. A screen adds its own here. */
export function navigationOf(
  words: ReturnType<typeof useWords>,
  { may }: Session,
  waiting: { proposals: number },
): Group[] {
  const all: Place[] = [
    { href: '/', label: words('items.home.title'), icon: House },
    { href: '/passwords', label: words('items.kinds.password.many'), icon: KeyRound },
    { href: '/notes', label: words('items.kinds.note.many'), icon: StickyNote },
    { href: '/api-secrets', label: words('items.kinds.api-secret.many'), icon: Code },
    { href: '/files', label: words('items.kinds.file.many'), icon: Paperclip },
    { href: '/groups', label: words('groups.private.title'), icon: Users },
    { href: '/access-keys', label: words('accessKeys.title'), icon: KeySquare },
    ...(may.administer ? [] : [{ href: '/audit', label: words('audit.title'), icon: History }]),
  ];
  const ofAdministrators: Place[] = [
    { href: '/admin', label: words('admin.panel.title'), icon: Gauge },
    { href: '/admin/users', label: words('users.title'), icon: UserCog },
    { href: '/admin/groups', label: words('groups.team.title'), icon: UsersRound },
    { href: '/admin/proposals', label: words('admin.proposals.title'), icon: Handshake, count: waiting.proposals },
    { href: '/admin/policies', label: words('admin.policies.title'), icon: Scale },
    { href: '/admin/keys', label: words('admin.keys.title'), icon: LockKeyhole },
    { href: '/audit', label: words('audit.title'), icon: History },
  ];
  const groups = [
    { places: all },
    { heading: words('app.administration'), places: may.administer ? ofAdministrators : [] },
  ];
  return groups.filter(({ places }) => places.length > 0);
}
