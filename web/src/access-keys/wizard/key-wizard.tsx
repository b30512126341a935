import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useSearchParams } from 'wouter';
import { arca } from '../../api/arca.ts';
import { ProblemBanner } from '../../api/problem-banner.tsx';
import { useFieldProblems } from '../../api/problem-words.ts';
import { keyOf } from '../../api/query-keys.ts';
import { useSession } from '../../session/use-session.ts';
import { useWords } from '../../text/use-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { Stepper } from '../../ui/stepper.tsx';
import { ApplicationFields } from '../fields/application-fields.tsx';
import { DataFields } from '../fields/data-fields.tsx';
import { PeriodFields } from '../fields/period-fields.tsx';
import { SecurityFields } from '../fields/security-fields.tsx';
import { forgetValues, keptValues, useKeptValues } from '../kept-values.ts';
import { firstValues, type KeyValues, newKeyOf } from '../key-values.ts';
import { Review } from './review.tsx';
import { reviewStep, stepOf, stepOfField, steps } from './steps.ts';
import styles from './wizard.module.css';

/** Which step is open is in the address: the browser's way back is a step back. All that was typed stays meanwhile. */
export function KeyWizard({ onAdded }: { onAdded: (id: number) => void }) {
  const words = useWords();
  const fieldProblems = useFieldProblems();
  const queries = useQueryClient();
  const { user } = useSession();
  const place = `${user.username}/new`;
  const [params, setParams] = useSearchParams();
  const [begun] = useState(() => keptValues(place));
  const [isBegun, setBegun] = useState(begun !== undefined);
  const form = useForm<KeyValues>({ defaultValues: begun ?? firstValues(), mode: 'onTouched' });
  const [furthest, setFurthest] = useState(begun === undefined ? 0 : stepOf(params.get('step')));
  useKeptValues(place, form);
  const current = Math.min(stepOf(params.get('step')), furthest);
  const { id } = steps[current] ?? steps[0];
  const heading = useFocusOnChange(current);

  const add = useMutation({
    // Of the answer nothing is kept but the number: the secret is read when somebody wants to see it.
    mutationFn: async (values: KeyValues) => (await arca.accessKeys.add(newKeyOf(values))).id,
    onSuccess(added) {
      forgetValues(place);
      void queries.invalidateQueries({ queryKey: keyOf('accessKeys') });
      onAdded(added);
    },
    onError(error) {
      const [first, ...others] = fieldProblems(error).filter(({ field }) => field in form.getValues());
      if (first === undefined) return;
      goTo(stepOfField(first.field));
      for (const { field, text } of [first, ...others]) form.setError(field as keyof KeyValues, { message: text });
    },
  });
  const goTo = (step: number) => {
    setFurthest(Math.max(furthest, step));
    setParams({ step: (steps[step] ?? steps[0]).id });
  };
  const next = async () => {
    const fields = steps[current]?.fields ?? [];
    if (fields.length === 0 || (await form.trigger([...fields], { shouldFocus: true, shouldTouch: true })))
      goTo(current + 1);
  };
  const submit = current === reviewStep ? form.handleSubmit((values) => add.mutate(values)) : next;
  const startOver = () => {
    forgetValues(place);
    form.reset(firstValues());
    setBegun(false);
    setFurthest(0);
    setParams({});
  };
  return (
    <div className={styles.wizard}>
      <Stepper
        label={words('accessKeys.wizard.steps')}
        steps={steps.map((step) => words(`accessKeys.steps.${step.id}.name`))}
        current={current}
        onGoBack={goTo}
      />
      {isBegun && (
        <Banner
          text={words('accessKeys.wizard.begun')}
          action={
            <Button isSmall onPress={startOver}>
              {words('accessKeys.wizard.startOver')}
            </Button>
          }
        />
      )}
      <section aria-labelledby="step" className={styles.step}>
        <h2 id="step" ref={heading} tabIndex={-1} className={styles.title}>
          {words(`accessKeys.steps.${id}.name`)}
        </h2>
        <p className={styles.lead}>{words(`accessKeys.steps.${id}.lead`)}</p>
        <Form
          onSubmit={async (event) => {
            event.preventDefault();
            await submit(event);
          }}
          errors={form.formState.errors}
          problem={<ProblemBanner error={add.error} />}
        >
          {id === 'application' && <ApplicationFields control={form.control} />}
          {id === 'security' && <SecurityFields control={form.control} />}
          {id === 'data' && <DataFields control={form.control} />}
          {id === 'period' && <PeriodFields control={form.control} />}
          {id === 'review' && <Review values={form.getValues()} onEdit={goTo} />}
          <div className={styles.actions}>
            {current > 0 && <Button onPress={() => goTo(current - 1)}>{words('accessKeys.wizard.back')}</Button>}
            <Button variant="primary" type="submit" isBusy={add.isPending}>
              {words(current === reviewStep ? 'accessKeys.add' : 'accessKeys.wizard.next')}
            </Button>
          </div>
        </Form>
      </section>
    </div>
  );
}

/** A new step is a new place to read: keyboard and screen reader begin at its heading. */
function useFocusOnChange(step: number) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current !== step) heading.current?.focus();
    before.current = step;
  }, [step]);
  return heading;
}
