import type { Policy } from '@arca/sdk';
import { useEffect, useRef } from 'react';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import styles from './admin.module.css';
import { changesOf, type PolicyChanges, type PolicyValues } from './policy-values.ts';

type PolicyConflictProps = {
  base: Policy;
  theirs: Policy;
  mine: PolicyValues;
  isBusy: boolean;
  onKeep: () => void;
  onTake: () => void;
};

/** Somebody else saved first: what stands now, what was written here, and both ways on. */
export function PolicyConflict({ base, theirs, mine, isBusy, onKeep, onTake }: PolicyConflictProps) {
  const words = useWords();
  const say = useSaid();
  // The bar with what was pressed goes when this comes, below what is seen: whoever saved is led here.
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  const wanted = changesOf(base, mine);
  const fields = Object.keys(wanted) as (keyof PolicyChanges)[];
  return (
    <div ref={place} role="alert" tabIndex={-1} className={styles.conflict}>
      <Banner
        tone="warning"
        title={words('admin.policies.conflict.title')}
        text={
          <>
            {words('admin.policies.conflict.text')}
            <dl className={styles.both}>
              {fields.map((field) => (
                <div key={field}>
                  <dt>{words(`admin.policies.fields.${field}`)}</dt>
                  <dd>{words('admin.policies.conflict.stands', { value: say(theirs, field) })}</dd>
                  <dd>{words('admin.policies.conflict.yours', { value: say(wanted, field) })}</dd>
                </div>
              ))}
            </dl>
          </>
        }
      />
      <div className={styles.proposalActions}>
        <Button onPress={onTake}>{words('admin.policies.conflict.take')}</Button>
        <Button variant="primary" isBusy={isBusy} onPress={onKeep}>
          {words('admin.policies.conflict.keep')}
        </Button>
      </div>
    </div>
  );
}

/** A field of a policy in words. */
function useSaid() {
  const words = useWords();
  const formats = useFormats();
  return (policy: PolicyChanges, field: keyof PolicyChanges): string => {
    const { keyMakers, secondFactor = 'optional', idleMinutes = 0, sessionHours = 0 } = policy;
    if (field === 'secondFactor') return words(`admin.policies.secondFactor.${secondFactor}`);
    if (field === 'idleMinutes') return formats.duration(idleMinutes * 60);
    if (field === 'sessionHours') return formats.duration(sessionHours * 3600);
    if (keyMakers?.everyone) return words('admin.policies.makers.everyone');
    const names = [...(keyMakers?.users ?? []), ...(keyMakers?.groups ?? [])];
    return names.length === 0 ? words('admin.policies.makers.nobody') : formats.list(names);
  };
}
