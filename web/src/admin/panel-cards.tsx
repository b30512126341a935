import type { Statistics } from '@arca/sdk';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Link } from '../ui/link.tsx';
import styles from './panel.module.css';

type Stat = { id: string; name: string; figure: string; more?: string; href?: string };

/** One number each, with what it is made of. */
export function PanelCards({ statistics }: { statistics: Statistics }) {
  const stats = useStats(statistics);
  const words = useWords();
  return (
    <section aria-label={words('admin.panel.numbers')}>
      <ul className={styles.cards}>
        {stats.map(({ id, name, figure, more, href }) => (
          <li key={id} className={styles.stat}>
            <span className={styles.statName}>
              {href === undefined ? (
                name
              ) : (
                <Link isQuiet href={href}>
                  {name}
                </Link>
              )}
            </span>
            <span className={styles.figure}>{figure}</span>
            {more !== undefined && <span className={styles.more}>{more}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function useStats({ users, items, groups, accessKeys, sessions, storeBytes, backups }: Statistics): Stat[] {
  const words = useWords();
  const { number, bytes, relative } = useFormats();
  const enabled = items.reduce((sum, kind) => sum + kind.enabled, 0);
  const disabled = items.reduce((sum, kind) => sum + kind.disabled, 0);
  const ofDisabled = (count: number) => words('admin.panel.disabled', { count, formatted: number(count) });
  return [
    {
      id: 'users',
      name: words('admin.panel.users'),
      figure: number(users.active),
      more: ofDisabled(users.disabled),
      href: '/admin/users?state=enabled',
    },
    {
      id: 'withoutItems',
      name: words('admin.panel.withoutItems'),
      figure: number(users.withoutItems),
      more: words('admin.panel.withoutItemsMore'),
    },
    { id: 'items', name: words('admin.panel.items'), figure: number(enabled), more: ofDisabled(disabled) },
    {
      id: 'groups',
      name: words('admin.panel.groups'),
      figure: number(groups.user),
      more: words('admin.panel.groupsMore', { count: groups.private, formatted: number(groups.private) }),
      href: '/admin/groups',
    },
    {
      id: 'accessKeys',
      name: words('admin.panel.accessKeys'),
      figure: number(accessKeys.live),
      more: words('admin.panel.accessKeysMore', {
        expired: number(accessKeys.expired),
        revoked: number(accessKeys.revoked),
      }),
    },
    {
      id: 'sessions',
      name: words('admin.panel.sessions'),
      figure: number(sessions),
      more: words('admin.panel.sessionsMore'),
    },
    {
      id: 'backups',
      name: words('admin.panel.backups'),
      figure:
        backups.lastProvenAt === null ? words('admin.panel.backupsNever') : relative(new Date(backups.lastProvenAt)),
      more:
        backups.lastMadeAt === null
          ? words('admin.panel.backupsNone')
          : words('admin.panel.backupsMore', { when: relative(new Date(backups.lastMadeAt)) }),
    },
    { id: 'disk', name: words('admin.panel.disk'), figure: bytes(storeBytes), more: words('admin.panel.diskMore') },
  ];
}
