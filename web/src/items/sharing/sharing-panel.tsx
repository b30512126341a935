import type { Item } from '@arca/sdk';
import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ProblemBanner } from '../../api/problem-banner.tsx';
import { useSession } from '../../session/use-session.ts';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Loading, SkeletonLine } from '../../ui/skeleton.tsx';
import { AccessList } from './access-list.tsx';
import { ShareDialog } from './share-dialog.tsx';
import { OwnerLine, ShareLine } from './share-line.tsx';
import { sharesOf, subjectOf, useShareActs } from './share-queries.ts';
import styles from './sharing-panel.module.css';
import { TransferDialog } from './transfer-dialog.tsx';

/** With whom an item is shared, what can be changed about it, and who has access by which way. */
export function SharingPanel({ item }: { item: Item }) {
  const words = useWords();
  const { user } = useSession();
  const { data, error, refetch } = useQuery(sharesOf(item));
  const acts = useShareActs(item);
  const [dialog, setDialog] = useState<'share' | 'transfer' | null>(null);
  const mayShare = item.may.share && item.enabled;
  const without = useMemo(
    () => new Set([`user:${item.owner}`, ...(data?.shares ?? []).map(subjectOf)]),
    [item.owner, data],
  );
  const close = () => setDialog(null);
  return (
    <div className={styles.panel}>
      <Card
        isFlush
        title={words('items.sharing.title')}
        actions={
          mayShare && (
            <Button isSmall icon={Users} onPress={() => setDialog('share')}>
              {words('items.acts.share')}
            </Button>
          )
        }
      >
        <ProblemBanner error={error} onRetry={() => void refetch()} />
        <ul className={styles.lines}>
          <OwnerLine
            item={item}
            isMe={item.owner === user.username}
            onTransfer={item.may.transfer ? () => setDialog('transfer') : undefined}
          />
          {data?.shares.map((share) => (
            <ShareLine
              key={subjectOf(share)}
              share={share}
              isMe={share.user === user.username}
              mayChange={mayShare}
              onChange={(next) => acts.change(share, next)}
              onRemove={() => acts.remove(share)}
            />
          ))}
        </ul>
        {data === undefined && error === null && (
          <Loading>
            <div className={styles.waiting}>
              <SkeletonLine width={60} />
            </div>
          </Loading>
        )}
        {data?.shares.length === 0 && <p className={styles.alone}>{words('items.sharing.alone')}</p>}
      </Card>
      <AccessList item={item} />
      {dialog === 'share' && <ShareDialog item={item} without={without} onShare={acts.add} onClose={close} />}
      {dialog === 'transfer' && <TransferDialog item={item} onClose={close} />}
    </div>
  );
}
