import type { Item } from '@arca/sdk';
import { useQuery } from '@tanstack/react-query';
import { ProblemBanner } from '../../api/problem-banner.tsx';
import { useSession } from '../../session/use-session.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Loading, SkeletonLine } from '../../ui/skeleton.tsx';
import { reasonWords } from './access-words.ts';
import { accessOf } from './share-queries.ts';
import styles from './sharing-panel.module.css';

/** Everybody who can open the item now, each with every way by which. */
export function AccessList({ item }: { item: Item }) {
  const words = useWords();
  const formats = useFormats();
  const { user } = useSession();
  const { data, error, refetch } = useQuery(accessOf(item));
  return (
    <Card isFlush title={words('items.access.title')}>
      <ProblemBanner error={error} onRetry={() => void refetch()} />
      {data === undefined && error === null && (
        <Loading>
          <div className={styles.waiting}>
            <SkeletonLine width={70} />
          </div>
        </Loading>
      )}
      <ul className={styles.lines}>
        {data?.users.map(({ username, role, reasons }) => (
          <li key={username} className={styles.line}>
            <Avatar name={username} size="small" />
            <span className={styles.who}>
              <span className={styles.name}>
                {username}
                {username === user.username && <span className={styles.me}>{words('items.meMark')}</span>}
              </span>
              <span className={styles.note}>
                {reasons.map((reason) => reasonWords(reason, { words, formats })).join('; ')}
              </span>
            </span>
            <Badge>{words(`items.roles.${role}`)}</Badge>
          </li>
        ))}
      </ul>
    </Card>
  );
}
