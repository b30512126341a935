import { runsOf } from './secret-signs.ts';
import styles from './secret-text.module.css';

type SecretTextProps = {
  text: string;
  /** Sentences, to be read as such. */
  isProse?: boolean;
};

/** A secret with digits and symbols tinted, so that 0 and O, 1 and l are told apart; copied as plain text. */
export function SecretText({ text, isProse }: SecretTextProps) {
  if (isProse)
    return (
      <span className={styles.prose} translate="no">
        {text}
      </span>
    );
  return (
    <span className={styles.secret} translate="no">
      {runsOf(text).map((run, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other identity, and the text is shown as a whole
        <span key={at} className={styles[run.kind]}>
          {run.text}
        </span>
      ))}
    </span>
  );
}
