import styles from './sentence.module.css';
import type { Part } from './use-sentence.ts';

/** An entry in a sentence, its names standing out. */
export function Sentence({ parts }: { parts: readonly Part[] }) {
  return (
    <span className={styles.sentence}>
      {parts.map(({ text, isName }, at) =>
        isName ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other identity, and the sentence is shown as a whole
          <bdi key={at} className={styles.name}>
            {text}
          </bdi>
        ) : (
          text
        ),
      )}
    </span>
  );
}
