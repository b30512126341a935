import type { ReactNode, SubmitEvent } from 'react';
import type { FieldErrors } from 'react-hook-form';
import { useWords } from '../text/use-words.ts';
import styles from './form.module.css';

type FormProps = {
  /** From react-hook-form: `form.handleSubmit(save)`. */
  onSubmit: (event: SubmitEvent) => Promise<void>;
  /** `form.formState.errors`; the summary lists them after a try to save. */
  errors?: FieldErrors;
  /** What the server said about the whole. */
  problem?: ReactNode;
  /** Bound to the buttons of a dialog by `form={id}`. */
  id?: string;
  children: ReactNode;
};

export function Form({ onSubmit, errors = {}, problem, id, children }: FormProps) {
  return (
    <form id={id} noValidate className={styles.form} onSubmit={(event) => void onSubmit(event)}>
      <ErrorSummary errors={errors} />
      {problem}
      {children}
    </form>
  );
}

type Fault = { name: string; message: string; focus: (() => void) | undefined };

/** Announced when a try to save found errors; react-hook-form puts the focus into the first of the fields. */
function ErrorSummary({ errors }: { errors: FieldErrors }) {
  const words = useWords();
  const faults = faultsOf(errors);
  if (faults.length < 2) return null; // the one says it beside its field
  return (
    <div role="alert" className={styles.summary}>
      <strong>{words('ui.form.summary', { count: faults.length })}</strong>
      <ul>
        {faults.map(({ name, message, focus }) => (
          <li key={name}>
            <button type="button" className={styles.fault} onClick={focus}>
              {message}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function faultsOf(errors: FieldErrors): Fault[] {
  return Object.entries(errors).flatMap(([name, fault]) => {
    const ref = (fault as { ref?: { focus?: () => void } } | undefined)?.ref;
    return typeof fault?.message === 'string' ? [{ name, message: fault.message, focus: () => ref?.focus?.() }] : [];
  });
}
