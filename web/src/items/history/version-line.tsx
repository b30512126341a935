import type { Item, Version } from '@arca/sdk';
import { Eye, GitCompareArrows, RotateCcw } from 'lucide-react';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import styles from './history-panel.module.css';
import { useHistorySentence } from './use-history-sentence.ts';
import type { VersionAct } from './version-act.ts';

type VersionLineProps = { item: Item; version: Version; onAct: (act: VersionAct) => void };

/** "Ana changed the password, 2 days ago." */
export function VersionLine({ item, version, onAct }: VersionLineProps) {
  const words = useWords();
  const formats = useFormats();
  const sentence = useHistorySentence();
  const isCurrent = version.version === item.version;
  const at = new Date(version.createdAt);
  const name = { version: version.version };
  return (
    <li className={styles.line}>
      <Avatar name={version.author} size="small" />
      <span className={styles.what}>
        <span>
          {sentence(version)}
          {isCurrent && (
            <>
              {' '}
              <Badge>{words('items.history.current')}</Badge>
            </>
          )}
        </span>
        <time dateTime={version.createdAt} title={formats.dateTime(at)} className={styles.when}>
          {words('items.history.when', { ago: formats.relative(at), version: version.version })}
        </time>
      </span>
      {item.enabled && (
        <span className={styles.acts}>
          <IconButton isSmall icon={Eye} label={words('items.history.view', name)} onPress={() => onAct('view')} />
          {item.version > 1 && (
            <IconButton
              isSmall
              icon={GitCompareArrows}
              label={words('items.history.compare', name)}
              onPress={() => onAct('compare')}
            />
          )}
          {!isCurrent && (
            <IconButton
              isSmall
              icon={RotateCcw}
              label={words('items.history.restore', name)}
              onPress={() => onAct('restore')}
            />
          )}
        </span>
      )}
    </li>
  );
}
