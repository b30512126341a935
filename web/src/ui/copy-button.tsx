import { Check, Copy } from 'lucide-react';
import { useWords } from '../text/use-words.ts';
import { Button, IconButton } from './button.tsx';
import { showToast } from './toast.tsx';
import { useCopy } from './use-copy.ts';

type CopyButtonProps = {
  /** What is copied, or a function that fetches it: a secret is read only when it is wanted. */
  text: string | (() => Promise<string>);
  /** What it is, as in "Username": it becomes part of the button's name and of what is announced. */
  label: string;
  /** What stands on the button until it has copied, in place of "Copy". */
  says?: string;
  /** An icon alone, for rows. */
  isIcon?: boolean;
  /** Warns about the clipboard, once in a browser. */
  isSecret?: boolean;
  /** What to say when it could not be read; null says nothing, as when the person himself declined. */
  explain?: (error: unknown) => string | null;
};

/** Says "Copied" in place and to screen readers. */
export function CopyButton({ text, label, says, isIcon, isSecret, explain }: CopyButtonProps) {
  const words = useWords();
  const { isCopied, copy } = useCopy();
  const press = async () => {
    try {
      await copy(typeof text === 'string' ? text : text(), words('ui.secret.copied', { label }), isSecret);
    } catch (error) {
      const said = explain ? explain(error) : words('ui.secret.failed', { label });
      if (said !== null) showToast({ tone: 'danger', text: said });
    }
  };
  const icon = isCopied ? Check : Copy;
  const name = isCopied ? words('ui.copied') : (says ?? words('ui.copy'));
  if (isIcon) return <IconButton isSmall icon={icon} label={`${name}: ${label}`} onPress={() => void press()} />;
  return (
    <Button isSmall icon={icon} aria-label={`${name}: ${label}`} onPress={() => void press()}>
      {name}
    </Button>
  );
}
