import { useWords } from '../text/use-words.ts';
import { Dialog } from './dialog.tsx';
import { Keys } from './keys.tsx';
import styles from './shortcut-sheet.module.css';
import { useAllShortcuts } from './shortcuts.ts';

type ShortcutSheetProps = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/** Every key that does something where one is now. */
export function ShortcutSheet({ isOpen, onOpenChange }: ShortcutSheetProps) {
  const words = useWords();
  const groups = useAllShortcuts();
  return (
    <Dialog
      form={groups.length > 1 ? 'wide' : 'narrow'}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={words('ui.shortcuts.title')}
    >
      <div className={styles.groups}>
        {groups.map(({ name, shortcuts }) => (
          <section key={name} className={styles.group}>
            <h3 className={styles.name}>{name}</h3>
            <dl>
              {shortcuts.map(({ keys, label }) => (
                <div key={label} className={styles.line}>
                  <dt>{label}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
