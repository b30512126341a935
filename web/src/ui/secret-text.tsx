import { runsOf } from './secret-signs.ts';
import styles from './secret-text.module.css';

/** A secret with digits and symbols tinted, so that 0 and O, 1 and l are told apart; copied as plain text. */
export function SecretText({ text }: { text: string }) {
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
