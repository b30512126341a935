import type { Profile } from '@arca/sdk';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { arca } from '../api/arca.ts';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Badge } from '../ui/badge.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { NewCodesDialog } from './new-codes-dialog.tsx';
import styles from './profile.module.css';
import { RemoveSecondFactorDialog } from './remove-second-factor-dialog.tsx';
import { SetUpSecondFactorDialog } from './set-up-second-factor-dialog.tsx';

const few = 3;

/** Whether one is set up, and what can be done about it. */
export function SecondFactorCard({ profile }: { profile: Profile }) {
  const words = useWords();
  const { date } = useFormats();
  const { enrolledAt, recoveryCodes } = profile.secondFactor;
  const [open, setOpen] = useState<'setUp' | 'newCodes' | 'remove' | null>(null);
  const isNeeded = useIsNeeded(profile.role);
  const close = () => {
    setOpen(null);
    void queries.invalidateQueries({ queryKey: keyOf('profile') });
    void queries.invalidateQueries({ queryKey: keyOf('session') });
  };
  return (
    <Card
      title={words('profile.secondFactor.title')}
      actions={
        enrolledAt === null ? (
          <Badge>{words('profile.secondFactor.none')}</Badge>
        ) : (
          <Badge tone="success">{words('profile.secondFactor.on')}</Badge>
        )
      }
    >
      {enrolledAt === null ? (
        <div className={styles.act}>
          <p className={styles.text}>{words('profile.secondFactor.noneText')}</p>
          <Button onPress={() => setOpen('setUp')}>{words('profile.secondFactor.setUp')}</Button>
        </div>
      ) : (
        <div className={styles.enrolled}>
          {recoveryCodes <= few && <Banner tone="warning" text={words('profile.secondFactor.few')} />}
          <p className={styles.text}>
            {words('profile.secondFactor.since', { date: date(new Date(enrolledAt)) })}{' '}
            {words('profile.secondFactor.left', { count: recoveryCodes })}{' '}
            {isNeeded && words('profile.secondFactor.needed')}
          </p>
          <div className={styles.acts}>
            <Button onPress={() => setOpen('newCodes')}>{words('profile.secondFactor.newCodes')}</Button>
            {!isNeeded && <Button onPress={() => setOpen('remove')}>{words('profile.secondFactor.remove')}</Button>}
          </div>
        </div>
      )}
      {open === 'setUp' && <SetUpSecondFactorDialog onClose={close} />}
      {open === 'newCodes' && <NewCodesDialog onClose={close} />}
      {open === 'remove' && <RemoveSecondFactorDialog onClose={close} />}
    </Card>
  );
}

/** Where the policy asks for one it cannot be removed: then it is not offered. */
function useIsNeeded(role: Profile['role']): boolean {
  const { data } = useQuery({
    queryKey: keyOf('policy', 'read'),
    queryFn: ({ signal }) => arca.policy.read({}, { signal }),
  });
  return data?.secondFactor === 'everyone' || (data?.secondFactor === 'admins' && role === 'admin');
}
