import type { Item, Share } from '@arca/sdk';
import { CalendarClock, X } from 'lucide-react';
import { useState } from 'react';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { endWords } from './access-words.ts';
import { type End, EndFields, isPast } from './end-fields.tsx';
import { endOf, momentOf } from './end-of-share.ts';
import { nameOf } from './share-queries.ts';
import styles from './sharing-panel.module.css';

type OwnerLineProps = { item: Item; isMe: boolean; onTransfer: (() => void) | undefined };

export function OwnerLine({ item, isMe, onTransfer }: OwnerLineProps) {
  const words = useWords();
  return (
    <li className={styles.line}>
      <Avatar name={item.owner} />
      <span className={styles.who}>
        <span className={styles.name}>
          {item.owner}
          {isMe && <span className={styles.me}>{words('items.meMark')}</span>}
        </span>
        <span className={styles.note}>{words('items.roles.owner')}</span>
      </span>
      {onTransfer && (
        <Button isSmall onPress={onTransfer}>
          {words('items.acts.transfer')}
        </Button>
      )}
    </li>
  );
}

type ShareLineProps = {
  share: Share;
  isMe: boolean;
  mayChange: boolean;
  onChange: (share: Share) => void;
  onRemove: () => void;
};

export function ShareLine({ share, isMe, mayChange, onChange, onRemove }: ShareLineProps) {
  const words = useWords();
  const formats = useFormats();
  const name = nameOf(share);
  const isGroup = share.user === undefined;
  const end = share.expiresAt === null ? words('items.sharing.noEnd') : endWords(share.expiresAt, { words, formats });
  return (
    <li className={styles.line}>
      <Avatar name={name} isThing={isGroup} />
      <span className={styles.who}>
        <span className={styles.name}>
          {name}
          {isMe && <span className={styles.me}>{words('items.meMark')}</span>}
        </span>
        <span className={styles.note}>
          {isGroup && `${words(share.private ? 'items.sharing.aPrivateGroup' : 'items.sharing.aGroup')} · `}
          {end}
        </span>
      </span>
      {mayChange ? (
        <span className={styles.acts}>
          <SegmentedControl<Share['role']>
            label={words('items.sharing.roleOf', { name })}
            options={[
              { id: 'viewer', label: words('items.roles.viewer') },
              { id: 'editor', label: words('items.roles.editor') },
            ]}
            value={share.role}
            onChange={(role) => onChange({ ...share, role })}
          />
          <Popover
            label={words('items.sharing.endOf', { name })}
            placement="bottom end"
            trigger={<IconButton isSmall icon={CalendarClock} label={words('items.sharing.endOf', { name })} />}
          >
            {(close) => (
              <EndForm
                expiresAt={share.expiresAt}
                onSave={(expiresAt) => {
                  close();
                  onChange({ ...share, expiresAt });
                }}
              />
            )}
          </Popover>
          <IconButton isSmall icon={X} label={words('items.sharing.remove', { name })} onPress={onRemove} />
        </span>
      ) : (
        <Badge>{words(`items.roles.${share.role}`)}</Badge>
      )}
    </li>
  );
}

function EndForm({ expiresAt, onSave }: { expiresAt: string | null; onSave: (expiresAt: string | null) => void }) {
  const words = useWords();
  const [end, setEnd] = useState<End>(
    expiresAt === null ? { period: 'forever', chosen: null } : { period: 'chosen', chosen: momentOf(expiresAt) },
  );
  return (
    <form
      className={styles.end}
      onSubmit={(event) => {
        event.preventDefault();
        if (end.period !== 'chosen' || !isPast(end.chosen)) onSave(endOf(end.period, end.chosen));
      }}
    >
      <EndFields end={end} onChange={setEnd} />
      <Button type="submit" variant="primary">
        {words('items.sharing.saveEnd')}
      </Button>
    </form>
  );
}
