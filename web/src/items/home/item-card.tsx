import type { Item } from '@arca/sdk';
import { ExternalLink, Timer, UserRound } from 'lucide-react';
import { useWords } from '../../text/use-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Link } from '../../ui/link.tsx';
import { holds, mainSecret, secondLineOf, urlOf, userOf } from '../fields.ts';
import { hrefOf, kindIcons } from '../kinds.ts';
import { MoreMenu } from '../page/more-menu.tsx';
import { revealField } from '../reveal.ts';
import { safeLink } from '../safe-link.ts';
import { useExplain } from '../use-explain.ts';
import { useItemActs } from '../use-item-acts.ts';
import styles from './home.module.css';

const inSight = ['view', 'copy-user', 'copy-secret', 'copy-code', 'open'];

export function ItemCard({ item }: { item: Item }) {
  const words = useWords();
  const acts = useItemActs();
  const explain = useExplain();
  const Sign = kindIcons[item.kind];
  const secret = mainSecret[item.kind];
  const hasUser = userOf(item) !== undefined;
  const of = (act: string) => `${act}: ${item.name}`;
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <span className={styles.sign}>
          <Sign size={18} />
        </span>
        <div className={styles.names}>
          <span className={styles.name}>
            <Link isQuiet href={hrefOf(item)}>
              {item.name}
            </Link>
            {!item.enabled && <Badge>{words('items.disabledMark')}</Badge>}
          </span>
          <span className={styles.second}>{secondLineOf(item) || words(`items.kinds.${item.kind}.one`)}</span>
        </div>
        <MoreMenu item={item} without={inSight} />
      </div>
      <div className={styles.acts}>
        {item.enabled && holds(item, secret) && (
          <CopyButton
            label={item.name}
            says={words(`items.copy.${secret}`)}
            text={() => revealField(item, secret)}
            isSecret
            explain={explain}
          />
        )}
        <span className={styles.small}>
          {hasUser && (
            <IconButton
              isSmall
              icon={UserRound}
              label={of(words(item.kind === 'api-secret' ? 'items.copy.clientId' : 'items.copy.username'))}
              onPress={() => acts.copyUser(item)}
            />
          )}
          {item.enabled && holds(item, 'totp') && (
            <IconButton isSmall icon={Timer} label={of(words('items.copy.code'))} onPress={() => acts.copyCode(item)} />
          )}
          {safeLink(urlOf(item)) !== null && (
            <IconButton
              isSmall
              icon={ExternalLink}
              label={of(words('items.acts.open'))}
              onPress={() => acts.openUrl(item)}
            />
          )}
        </span>
      </div>
    </li>
  );
}
