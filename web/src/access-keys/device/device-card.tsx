import { type DeviceSignIn, isProblem } from '@arca/sdk';
import { useMutation } from '@tanstack/react-query';
import { arca } from '../../api/arca.ts';
import { ProblemBanner } from '../../api/problem-banner.tsx';
import { useSession } from '../../session/use-session.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { FormActions } from '../../ui/form.tsx';
import { MayNotAdd } from '../may-not-add.tsx';
import { Fact, Facts } from '../page/facts.tsx';
import styles from './device-card.module.css';

export type Outcome = 'allowed' | 'denied';

type DeviceCardProps = {
  userCode: string;
  signIn: DeviceSignIn;
  onDecided: (outcome: Outcome) => void;
  onAgain: () => void;
};

/** What asks, from where and for what; to be allowed or refused. */
export function DeviceCard({ userCode, signIn, onDecided, onAgain }: DeviceCardProps) {
  const words = useWords();
  const { relative } = useFormats();
  const { may } = useSession();
  const { device, address, days, readOnly, createdAt } = signIn;
  const allow = useMutation({
    mutationFn: () => arca.deviceSignIns.allow({ userCode }),
    onSuccess: () => onDecided('allowed'),
  });
  const deny = useMutation({
    mutationFn: () => arca.deviceSignIns.deny({ userCode }),
    onSuccess: () => onDecided('denied'),
  });
  const error = allow.error ?? deny.error;
  const isGone = isProblem(error, 'device_sign_in_not_found');
  return (
    <Card title={words('accessKeys.deviceSignIn.asks', { device })}>
      <div className={styles.stack}>
        <Facts>
          <Fact name={words('accessKeys.deviceSignIn.device')}>
            <bdi>{device}</bdi>
          </Fact>
          <Fact name={words('accessKeys.deviceSignIn.address')}>{address}</Fact>
          <Fact name={words('accessKeys.deviceSignIn.time')}>{relative(new Date(createdAt))}</Fact>
          <Fact name={words('accessKeys.deviceSignIn.access')}>
            {words(readOnly ? 'accessKeys.deviceSignIn.accessRead' : 'accessKeys.deviceSignIn.accessAll')}
          </Fact>
          <Fact name={words('accessKeys.deviceSignIn.period')}>
            {words('accessKeys.deviceSignIn.days', { count: days })}
          </Fact>
        </Facts>
        {may.makeKeys ? (
          <Banner
            tone="warning"
            title={words('accessKeys.deviceSignIn.warning')}
            text={words('accessKeys.deviceSignIn.warningText')}
          />
        ) : (
          <MayNotAdd isBrief />
        )}
        <ProblemBanner error={error} />
        <FormActions>
          {isGone ? (
            <Button onPress={onAgain}>{words('accessKeys.deviceSignIn.another')}</Button>
          ) : (
            <>
              <Button autoFocus isBusy={deny.isPending} isDisabled={allow.isPending} onPress={() => deny.mutate()}>
                {words('accessKeys.deviceSignIn.deny')}
              </Button>
              {may.makeKeys && (
                <Button
                  variant="primary"
                  isBusy={allow.isPending}
                  isDisabled={deny.isPending}
                  onPress={() => allow.mutate()}
                >
                  {words('accessKeys.deviceSignIn.allow')}
                </Button>
              )}
            </>
          )}
        </FormActions>
      </div>
    </Card>
  );
}
