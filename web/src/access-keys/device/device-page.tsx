import type { DeviceSignIn } from '@arca/sdk';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { arca } from '../../api/arca.ts';
import { ProblemBanner } from '../../api/problem-banner.tsx';
import { queries } from '../../api/queries.ts';
import { keyOf } from '../../api/query-keys.ts';
import { useFormProblems } from '../../api/use-form-problems.ts';
import { useWords } from '../../text/use-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Form, FormActions, useField } from '../../ui/form.tsx';
import { Page } from '../../ui/page-layout.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { DeviceCard, type Outcome } from './device-card.tsx';

type Looked = { userCode: string; signIn: DeviceSignIn };

/** Where a person types the code that a command or device shows him, and says whether it may have a key of his. */
export function DevicePage() {
  const words = useWords();
  const [looked, setLooked] = useState<Looked>();
  const [outcome, setOutcome] = useState<Outcome>();
  const device = looked?.signIn.device ?? '';
  const again = () => {
    setLooked(undefined);
    setOutcome(undefined);
  };
  const decided = (next: Outcome) => {
    setOutcome(next);
    void queries.invalidateQueries({ queryKey: keyOf('accessKeys') });
  };
  return (
    <Page form="reading" title={words('accessKeys.deviceSignIn.title')} lead={words('accessKeys.deviceSignIn.lead')}>
      {outcome !== undefined ? (
        <div role="status" tabIndex={-1} ref={focus}>
          <Banner
            tone={outcome === 'allowed' ? 'success' : 'neutral'}
            title={words(`accessKeys.deviceSignIn.${outcome}`)}
            text={words(`accessKeys.deviceSignIn.${outcome}Text`, { device })}
            action={
              outcome === 'allowed' ? (
                <ButtonLink isSmall href="/access-keys">
                  {words('accessKeys.deviceSignIn.toKeys')}
                </ButtonLink>
              ) : (
                <Button isSmall onPress={again}>
                  {words('accessKeys.deviceSignIn.another')}
                </Button>
              )
            }
          />
        </div>
      ) : looked !== undefined ? (
        <DeviceCard {...looked} onDecided={decided} onAgain={again} />
      ) : (
        <CodeCard onLooked={setLooked} />
      )}
    </Page>
  );
}

/** The button that was pressed is gone: reading goes on here. */
function focus(element: HTMLElement | null): void {
  element?.focus();
}

function CodeCard({ onLooked }: { onLooked: (looked: Looked) => void }) {
  const words = useWords();
  const form = useForm({ defaultValues: { userCode: '' } });
  const look = useMutation({
    mutationFn: (userCode: string) => arca.deviceSignIns.read({ userCode }),
    onSuccess: (signIn, userCode) => onLooked({ userCode, signIn }),
  });
  const problem = useFormProblems(form, look.error, { device_sign_in_not_found: 'userCode' });
  return (
    <Card>
      <Form
        onSubmit={form.handleSubmit(({ userCode }) => look.mutate(userCode.trim()))}
        problem={<ProblemBanner error={problem} />}
      >
        <TextField
          {...useField(form.control, 'userCode', {
            validate: (typed) =>
              typed.replaceAll(/[^a-z]/gi, '').length === 8 || words('accessKeys.deviceSignIn.codeMissing'),
          })}
          label={words('accessKeys.deviceSignIn.code')}
          help={words('accessKeys.deviceSignIn.codeHelp')}
          autoComplete="off"
          autoCorrect="off"
          spellCheck="false"
          isMono
          autoFocus
        />
        <FormActions>
          <Button type="submit" variant="primary" isBusy={look.isPending}>
            {words('accessKeys.deviceSignIn.look')}
          </Button>
        </FormActions>
      </Form>
    </Card>
  );
}
