import styles from './keys.module.css';

const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
const signs: Record<string, string> = { Mod: isApple ? '⌘' : 'Ctrl', Shift: '⇧', Enter: '↵', Escape: 'Esc' };

/** Keys to press together, as in `['Mod', 'K']`; `Mod` is Command on Apple's devices and Ctrl elsewhere. */
export function Keys({ keys }: { keys: string[] }) {
  return (
    <span className={styles.keys}>
      {keys.map((key) => (
        <kbd key={key} className={styles.key}>
          {signs[key] ?? key}
        </kbd>
      ))}
    </span>
  );
}
