import { useCallback, useState } from 'react';
import { useWords } from '../../text/use-words.ts';
import { Combobox } from '../../ui/combobox.tsx';
import type { Option } from '../../ui/option.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import type { ShareChoice } from '../list/run-batch.ts';
import { type End, EndFields, isPast } from './end-fields.tsx';
import { endOf } from './end-of-share.ts';
import { findSubjects, type SubjectId } from './find-subjects.ts';
import styles from './share-form.module.css';

type Role = ShareChoice['role'];

type ShareFormProps = {
  /** Bound to the button by `form={id}`. */
  id: string;
  /** Ids that have a share already, and the owner. */
  without: ReadonlySet<string>;
  onShare: (choice: ShareChoice) => void;
};

/** With whom, as what, and until when. */
export function ShareForm({ id, without, onShare }: ShareFormProps) {
  const words = useWords();
  const [subject, setSubject] = useState<Option<SubjectId> | null>(null);
  const [known, setKnown] = useState<Option<SubjectId>[]>([]);
  const [role, setRole] = useState<Role>('viewer');
  const [end, setEnd] = useState<End>({ period: 'forever', chosen: null });
  const [isMissing, setMissing] = useState(false);
  const find = useCallback(
    async (typed: string, signal: AbortSignal) => {
      const found = await findSubjects(typed, signal, words, without);
      setKnown(found);
      return found;
    },
    [words, without],
  );
  const share = () => {
    if (subject === null) return setMissing(true);
    if (end.period === 'chosen' && isPast(end.chosen)) return;
    onShare({ with: subject.label, ...partsOf(subject.id), role, expiresAt: endOf(end.period, end.chosen) });
  };
  return (
    <form
      id={id}
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        share();
      }}
    >
      <Combobox<SubjectId>
        label={words('items.sharing.with')}
        placeholder={words('items.sharing.withWhom')}
        options={find}
        value={subject?.id ?? null}
        onChange={(chosen) => setSubject(known.find((option) => option.id === chosen) ?? null)}
        error={isMissing && subject === null ? words('items.sharing.missing') : undefined}
      />
      <div className={styles.role}>
        <span aria-hidden="true" className={styles.label}>
          {words('items.sharing.role')}
        </span>
        <SegmentedControl<Role>
          label={words('items.sharing.role')}
          options={[
            { id: 'viewer', label: words('items.roles.viewer') },
            { id: 'editor', label: words('items.roles.editor') },
          ]}
          value={role}
          onChange={setRole}
        />
      </div>
      <EndFields end={end} onChange={setEnd} />
    </form>
  );
}

/** The parts of `user:ana` and `group:12` as the safe takes them. */
function partsOf(id: SubjectId): { user?: string; groupId?: number } {
  const at = id.indexOf(':');
  const name = id.slice(at + 1);
  return id.startsWith('user:') ? { user: name } : { groupId: Number(name) };
}
