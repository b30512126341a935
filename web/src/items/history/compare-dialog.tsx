import type { Item, Version } from '@arca/sdk';
import { useState } from 'react';
import { ProblemBanner } from '../../api/problem-banner.tsx';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Ring } from '../../ui/ring.tsx';
import { Select } from '../../ui/select.tsx';
import { ReasonDeclined } from '../reasons.ts';
import { withReason } from '../reveal.ts';
import { ComparedFields } from './compared-fields.tsx';
import { shownFor, useBriefSecrets } from './use-brief-secrets.ts';
import { openValues, revealVersion, secretValues, type Values } from './version-values.ts';
import styles from './versions.module.css';

type CompareDialogProps = { item: Item; versions: Version[]; version: Version; onClose: () => void };

type Pair = [older: Values, newer: Values];

/** Two versions side by side, with what differs marked. Both are read for it, which is recorded. */
export function CompareDialog({ item, versions, version, onClose }: CompareDialogProps) {
  const words = useWords();
  const formats = useFormats();
  const isCurrent = version.version === item.version;
  const [older, setOlder] = useState(isCurrent ? version.version - 1 : version.version);
  const [newer, setNewer] = useState(item.version);
  const { secrets, left, show, forget } = useBriefSecrets<Pair>(words('items.history.compareTitle'));
  const [open, setOpen] = useState<{ pair: Pair; differing: ReadonlySet<string> } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const choose = (set: (version: number) => void) => (id: string) => {
    set(Number(id));
    setOpen(null);
    if (secrets !== null) forget();
  };
  const compare = async () => {
    setBusy(true);
    setError(null);
    try {
      const pair = await withReason(item, (reason) =>
        Promise.all([revealVersion(item, older, reason), revealVersion(item, newer, reason)]),
      );
      const [before, after] = [secretValues(pair[0]), secretValues(pair[1])];
      const differing = Object.keys({ ...before, ...after }).filter(
        (name) => before[name as keyof Values] !== after[name as keyof Values],
      );
      setOpen({ pair: [openValues(pair[0]), openValues(pair[1])], differing: new Set(differing) });
      show([before, after]);
    } catch (thrown) {
      if (!(thrown instanceof ReasonDeclined)) setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const options = versions.map((one) => ({
    id: String(one.version),
    label: words('items.history.version', { version: one.version }),
    note: `${one.author}, ${formats.dateTime(new Date(one.createdAt))}`,
  }));
  return (
    <Dialog
      form="wide"
      isOpen
      onOpenChange={onClose}
      title={words('items.history.compareTitle')}
      lead={words('items.history.compareLead')}
      actions={
        <>
          <Button onPress={onClose}>{words('ui.close')}</Button>
          {secrets === null && (
            <Button variant="primary" isBusy={isBusy} isDisabled={older === newer} onPress={() => void compare()}>
              {words('items.history.compareAct')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.choice}>
        <Select
          label={words('items.history.one')}
          options={options}
          value={String(older)}
          onChange={choose(setOlder)}
        />
        <Select
          label={words('items.history.other')}
          options={options}
          value={String(newer)}
          onChange={choose(setNewer)}
        />
      </div>
      <ProblemBanner error={error} />
      {secrets !== null && (
        <p className={styles.left}>
          <Ring share={left / shownFor} size={14} isUrgent={left <= 5} />
          {words('ui.secret.left', { seconds: left })}
        </p>
      )}
      {open !== null && (
        <ComparedFields
          kind={item.kind}
          names={[
            words('items.history.version', { version: older }),
            words('items.history.version', { version: newer }),
          ]}
          open={open.pair}
          secrets={secrets}
          differing={open.differing}
        />
      )}
    </Dialog>
  );
}
