import type { Session } from '@arca/sdk';
import { Code, Gauge, Handshake, House, KeyRound, Scale, StickyNote, UserCog, Users, UsersRound } from 'lucide-react';
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
    { href: '/groups', label: words('groups.private.title'), icon: Users },
  ];
  const ofAdministrators: Place[] = [
    { href: '/admin', label: words('admin.panel.title'), icon: Gauge },
    { href: '/admin/users', label: words('users.title'), icon: UserCog },
    { href: '/admin/groups', label: words('groups.team.title'), icon: UsersRound },
    { href: '/admin/proposals', label: words('admin.proposals.title'), icon: Handshake, count: waiting.proposals },
    { href: '/admin/policies', label: words('admin.policies.title'), icon: Scale },
  ];
  const groups = [
    { places: all },
    { heading: words('app.administration'), places: may.administer ? ofAdministrators : [] },
  ];
  return groups.filter(({ places }) => places.length > 0);
}
