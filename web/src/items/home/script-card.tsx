import { X } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../../text/use-words.ts';
import { IconButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Link } from '../../ui/link.tsx';
import { curlOf } from './curl.ts';
import styles from './home.module.css';

const key = 'arca.script-card';

type ScriptCardProps = { number: number; title?: string; isClosable?: boolean };

/** How a script reads the password of this number: lines that work as they stand once the key's two values are in. */
export function ScriptCard({ number, title, isClosable }: ScriptCardProps) {
  const words = useWords();
  const [isClosed, setClosed] = useState(() => isClosable === true && wasClosed());
  if (isClosed) return null;
  const lines = curlOf(location.origin, number);
  const close = () => {
    setClosed(true);
    keepClosed();
  };
  return (
    <Card
      title={title ?? words('items.script.title')}
      actions={
        <span className={styles.small}>
          <CopyButton label={words('items.script.lines')} text={lines} />
          {isClosable && <IconButton isSmall icon={X} label={words('items.script.close')} onPress={close} />}
        </span>
      }
    >
      <p className={styles.text}>
        {words('items.script.text')} <Link href="/access-keys">{words('items.script.key')}</Link>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre className={styles.script} tabIndex={0}>
        <code>{lines}</code>
      </pre>
    </Card>
  );
}

function wasClosed(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

function keepClosed(): void {
  try {
    localStorage.setItem(key, 'closed');
  } catch {
    // Storage may be closed to us; the card then comes back with the next visit.
  }
}
