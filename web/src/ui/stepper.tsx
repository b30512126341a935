import { Check } from 'lucide-react';
import { useWords } from '../text/use-words.ts';
import styles from './stepper.module.css';

type StepperProps = {
  label: string;
  steps: string[];
  /** From 0. */
  current: number;
  /** Back to a step that is done; those to come are not reachable. */
  onGoBack: (step: number) => void;
};

/** Where one is in a wizard. Below 700 px it is one line with a bar. */
export function Stepper({ label, steps, current, onGoBack }: StepperProps) {
  const words = useWords();
  return (
    <nav aria-label={label}>
      <p className={styles.brief}>
        <span>{words('ui.stepper.of', { step: current + 1, count: steps.length })}</span>
        <strong>{steps[current]}</strong>
      </p>
      <ol className={styles.steps}>
        {steps.map((step, at) => {
          const state = at < current ? 'done' : at === current ? 'here' : 'ahead';
          const content = (
            <>
              <span className={styles.number}>{state === 'done' ? <Check size={14} /> : at + 1}</span>
              <span className={styles.name}>{step}</span>
              {state === 'done' && <span className="unseen">{words('ui.stepper.done')}</span>}
            </>
          );
          return (
            <li key={step} className={styles.step} data-state={state}>
              {state === 'done' ? (
                <button type="button" className={styles.inside} onClick={() => onGoBack(at)}>
                  {content}
                </button>
              ) : (
                <span className={styles.inside} aria-current={state === 'here' ? 'step' : undefined}>
                  {content}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
