import { Eye, EyeOff, ZoomIn } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useWords } from '../text/use-words.ts';
import { announce } from './announce.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { LargeType } from './large-type.tsx';
import { Ring } from './ring.tsx';
import styles from './secret-field.module.css';
import { SecretText } from './secret-text.tsx';
import { showToast } from './toast.tsx';
import { useSecondsUntil } from './use-seconds.ts';

const shownFor = 30; // seconds
const mask = '••••••••••••'; // of equal length whatever is behind it

type SecretFieldProps = {
  label: string;
  /** Reads the secret, at each view and copy: it is kept here only while it is shown. */
  reveal: () => Promise<string>;
  /** What to say when it could not be read; null says nothing, as when the person himself declined. */
  explain?: (error: unknown) => string | null;
  /** Sentences, as in notes: shown as text, and not in large type. */
  isProse?: boolean;
};

/** A secret that is read only when somebody asks for it, and hides itself again. */
export function SecretField({ label, reveal, explain, isProse = false }: SecretFieldProps) {
  const words = useWords();
  const id = useId();
  const [shown, setShown] = useState<{ text: string; until: number }>();
  const [isBusy, setBusy] = useState(false);
  const [isLarge, setLarge] = useState(false);
  const left = useSecondsUntil(shown?.until);
  const hide = () => {
    setShown(undefined);
    setLarge(false);
    announce(words('ui.secret.nowHidden', { label }));
  };
  const hideNow = useRef(hide);
  hideNow.current = hide;
  useEffect(() => {
    if (shown === undefined) return;
    const timer = setTimeout(() => hideNow.current(), shown.until - Date.now());
    return () => clearTimeout(timer);
  }, [shown]);
  // Also when the page around it is hidden and kept, as at the end of a session.
  useEffect(() => () => setShown(undefined), []);

  const read = async (): Promise<string | undefined> => {
    setBusy(true);
    try {
      return await reveal();
    } catch (error) {
      const said = explain ? explain(error) : words('ui.secret.failed', { label });
      if (said !== null) showToast({ tone: 'danger', text: said });
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const view = async () => {
    const text = await read();
    if (text === undefined) return;
    setShown({ text, until: Date.now() + shownFor * 1000 });
    announce(words('ui.secret.nowShown', { label, seconds: shownFor }));
  };
  // Nobody reads a long text aloud sign by sign, and a page of so many signs would stand still.
  const isAloud = shown !== undefined && !isProse && shown.text !== '' && shown.text.length <= 256;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a value with its acts, not fields
    <div role="group" aria-labelledby={id} className={styles.field}>
      <div className={styles.head}>
        <span id={id} className={styles.label}>
          {label}
        </span>
        {shown && (
          <span className={styles.left}>
            <Ring share={left / shownFor} size={14} isUrgent={left <= 5} />
            <span>{words('ui.secret.left', { seconds: left })}</span>
          </span>
        )}
      </div>
      <div className={styles.value}>
        {shown ? (
          <ShownText text={shown.text} isProse={isProse} />
        ) : (
          <span role="img" aria-label={words('ui.secret.masked', { label })} className={styles.mask}>
            {mask}
          </span>
        )}
      </div>
      <div className={styles.actions}>
        <Button
          isSmall
          icon={shown ? EyeOff : Eye}
          isBusy={isBusy}
          aria-label={`${words(shown ? 'ui.secret.hide' : 'ui.secret.view')}: ${label}`}
          onPress={shown ? hide : () => void view()}
        >
          {words(shown ? 'ui.secret.hide' : 'ui.secret.view')}
        </Button>
        {shown?.text !== '' && <CopyButton label={label} text={shown?.text ?? reveal} isSecret explain={explain} />}
        {shown && isAloud && (
          <Button isSmall icon={ZoomIn} onPress={() => setLarge(true)}>
            {words('ui.secret.large')}
          </Button>
        )}
      </div>
      {shown && isAloud && <LargeType isOpen={isLarge} onOpenChange={setLarge} label={label} text={shown.text} />}
    </div>
  );
}

function ShownText({ text, isProse }: { text: string; isProse: boolean }) {
  const words = useWords();
  if (text !== '') return <SecretText text={text} isProse={isProse} />;
  return <span className={styles.empty}>{words('ui.secret.empty')}</span>;
}
