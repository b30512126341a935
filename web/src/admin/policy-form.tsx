import { isProblem, type Policy } from '@arca/sdk';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { arca } from '../api/arca.ts';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Form, FormActions } from '../ui/form.tsx';
import { showToast } from '../ui/toast.tsx';
import styles from './admin.module.css';
import { KeyMakersFields } from './key-makers-fields.tsx';
import { PolicyConflict } from './policy-conflict.tsx';
import { changesOf, type PolicyValues, valuesOf } from './policy-values.ts';
import { SecondFactorField } from './second-factor-field.tsx';
import { SessionFields } from './session-fields.tsx';

const policyKey = keyOf('policy', 'read');

/** Saved as a whole, against the revision that was read: who saved meanwhile is shown, and nothing is lost. */
export function PolicyForm({ policy }: { policy: Policy }) {
  const words = useWords();
  const session = useSession();
  // What the form began from: a newer one that is read in the background must not change it while somebody writes.
  const [base, setBase] = useState(policy);
  const [theirs, setTheirs] = useState<Policy | null>(null);
  const form = useForm<PolicyValues>({ defaultValues: valuesOf(policy) });
  const begin = (from: Policy) => {
    setBase(from);
    setTheirs(null);
    form.reset(valuesOf(from));
    queries.setQueryData(policyKey, from);
  };
  const save = useMutation({
    mutationFn: ({ values, onto }: { values: PolicyValues; onto: Policy }) =>
      arca.policy.change(changesOf(base, values), { ifMatch: onto.revision }),
    async onSuccess(saved) {
      begin(saved);
      showToast({ tone: 'success', text: words('admin.policies.saved') });
      await queries.invalidateQueries({ queryKey: keyOf('session') });
    },
    async onError(error) {
      if (isProblem(error, 'revision_stale')) setTheirs(await arca.policy.read());
    },
  });
  const isStale = isProblem(save.error, 'revision_stale');
  const values = form.watch();
  const isChanged = Object.keys(changesOf(base, values)).length > 0;
  const asksMe = values.secondFactor !== 'optional' && !session.secondFactor;
  const asksMeAnew = asksMe && values.secondFactor !== base.secondFactor;
  return (
    <Form
      onSubmit={form.handleSubmit((given) => save.mutate({ values: given, onto: base }))}
      errors={form.formState.errors}
      problem={<ProblemBanner error={isStale ? null : save.error} />}
    >
      <Card title={words('admin.policies.makers.title')}>
        <KeyMakersFields control={form.control} isChosen={values.makers === 'chosen'} />
      </Card>
      <Card title={words('admin.policies.secondFactor.title')}>
        <SecondFactorField control={form.control} wanted={values.secondFactor} asksMeAnew={asksMeAnew} />
      </Card>
      <Card title={words('admin.policies.sessions.title')}>
        <SessionFields control={form.control} />
      </Card>
      {theirs !== null && (
        <PolicyConflict
          base={base}
          theirs={theirs}
          mine={values}
          isBusy={save.isPending}
          onKeep={() => void form.handleSubmit((given) => save.mutate({ values: given, onto: theirs }))()}
          onTake={() => {
            save.reset();
            begin(theirs);
          }}
        />
      )}
      {theirs === null && (
        <div className={styles.saveBar}>
          {!isChanged && <span className={styles.soft}>{words('admin.policies.unchanged')}</span>}
          <FormActions>
            {isChanged && <Button onPress={() => begin(base)}>{words('admin.policies.discard')}</Button>}
            <Button variant="primary" type="submit" isBusy={save.isPending} isDisabled={!isChanged || asksMeAnew}>
              {words('admin.policies.save')}
            </Button>
          </FormActions>
        </div>
      )}
    </Form>
  );
}
