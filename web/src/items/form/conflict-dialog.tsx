import { useId, useState } from 'react';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { FieldName } from '../fields.ts';
import { ClashChoice } from './clash-choice.tsx';
import { type Side, withoutFields } from './conflict.ts';
import styles from './conflict-dialog.module.css';
import type { Changes } from './draft.ts';
import type { OpenConflict } from './use-save-item.ts';

type ConflictDialogProps = {
  conflict: OpenConflict;
  onSave: (changes: Changes) => Promise<void>;
  onClose: () => void;
};

/** Somebody else saved first: both texts of each field side by side, to choose from. Nothing is dropped unseen. */
export function ConflictDialog({ conflict, onSave, onClose }: ConflictDialogProps) {
  const words = useWords();
  const formats = useFormats();
  const id = useId();
  const [sides, setSides] = useState<Partial<Record<FieldName, Side>>>({});
  const [isMissing, setMissing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const { clashes, onlyMine, onlyTheirs, by, changes, now } = conflict;
  const who = by.length === 0 ? words('items.conflict.somebody') : formats.list(by);
  const names = (fields: FieldName[]) => formats.list(fields.map((field) => words(`items.fields.${field}`)));
  const save = async () => {
    if (clashes.some(({ field }) => sides[field] === undefined)) return setMissing(true);
    setBusy(true);
    const theirs = clashes.filter(({ field }) => sides[field] === 'theirs').map(({ field }) => field);
    await onSave(withoutFields(changes, theirs)).finally(() => setBusy(false));
  };
  return (
    <Dialog
      form="wide"
      isOpen
      onOpenChange={onClose}
      isDismissable={!isBusy}
      title={words('items.conflict.title', { who })}
      lead={words(clashes.length > 0 ? 'items.conflict.lead' : 'items.conflict.leadFree', { who })}
      actions={
        <>
          <Button isDisabled={isBusy} onPress={onClose}>
            {words('items.conflict.back')}
          </Button>
          <Button variant="primary" isBusy={isBusy} onPress={() => void save()}>
            {words('items.conflict.save')}
          </Button>
        </>
      }
    >
      {clashes.map((clash) => (
        <ClashChoice
          key={clash.field}
          id={`${id}${clash.field}`}
          clash={clash}
          item={now}
          who={who}
          side={sides[clash.field]}
          onChoose={(side) => setSides({ ...sides, [clash.field]: side })}
          isMissing={isMissing && sides[clash.field] === undefined}
        />
      ))}
      {(onlyMine.length > 0 || onlyTheirs.length > 0) && (
        <ul className={styles.kept}>
          {onlyMine.length > 0 && <li>{words('items.conflict.onlyMine', { fields: names(onlyMine) })}</li>}
          {onlyTheirs.length > 0 && <li>{words('items.conflict.onlyTheirs', { who, fields: names(onlyTheirs) })}</li>}
        </ul>
      )}
    </Dialog>
  );
}
