import {
  ArrowRightLeft,
  Ban,
  CircleCheck,
  Eye,
  Handshake,
  History,
  KeySquare,
  LockKeyhole,
  LogIn,
  LogOut,
  type LucideIcon,
  MonitorCheck,
  Pencil,
  Plus,
  Scale,
  ShieldCheck,
  ShieldX,
  Ticket,
  UserCog,
  UserRound,
  Users,
  UsersRound,
} from 'lucide-react';
import styles from './entry-icon.module.css';

const ofEvents: Record<string, LucideIcon> = {
  'item.created': Plus,
  'item.revealed': Eye,
  'item.shared': Users,
  'item.disabled': Ban,
  'item.enabled': CircleCheck,
  'item.transferred': ArrowRightLeft,
  'item.version-restored': History,
  'session.started': LogIn,
  'session.ended': LogOut,
  'access-key.secret-viewed': Eye,
  'access-key.private-key-viewed': Eye,
  'access-key.revoked': Ban,
};

const ofNouns: Record<string, LucideIcon> = {
  item: Pencil,
  session: ShieldCheck,
  'device-sign-in': MonitorCheck,
  profile: UserRound,
  policy: Scale,
  user: UserCog,
  group: UsersRound,
  proposal: Handshake,
  token: Ticket,
  'access-key': KeySquare,
  'safe-key': LockKeyhole,
  audit: History,
  safe: LockKeyhole,
};

/** A sign beside the sentence, which says the same in words. */
export function EntryIcon({ event }: { event: string }) {
  const isRefused = event.endsWith('.refused') || event === 'audit.refusals-counted';
  const Icon = isRefused ? ShieldX : (ofEvents[event] ?? ofNouns[event.split('.')[0] ?? ''] ?? History);
  return (
    <span data-refused={isRefused || undefined} className={styles.icon}>
      <Icon size={16} />
    </span>
  );
}
