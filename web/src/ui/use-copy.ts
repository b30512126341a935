import { useCallback, useEffect, useRef, useState } from 'react';
import { useWords } from '../text/use-words.ts';
import { announce } from './announce.ts';
import { clearLater, keepClipboard } from './clear-clipboard.ts';
import { showToast } from './toast.tsx';

const shownFor = 2_000; // in ms

/**
 * Copies and says so: `isCopied` is true for a moment, and screen readers hear `said`. False when the browser refused.
 * The first secret copied in a browser comes with a warning about the clipboard; each is cleared from it after a minute
 * where that is possible. What is not known yet is given as a promise, at once: some browsers let a page copy only in
 * the very moment of a press. If it fails, so does the copy, with its error.
 */
export function useCopy() {
  const words = useWords();
  const [isCopied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = useCallback(
    async (
      text: string | Promise<string>,
      said: string,
      isSecret = false,
      /** Where nothing stands to say it in place, a toast says it, with this below. */
      toast?: string,
    ): Promise<boolean> => {
      if (!(await write(text))) {
        showToast({ tone: 'danger', text: words('ui.copyFailed') });
        return false;
      }
      const warning = isSecret && isFirst() ? words('ui.secret.clipboard') : undefined;
      if (warning !== undefined || toast !== undefined) showToast({ text: said, detail: warning ?? toast });
      if (toast === undefined) announce(said);
      if (isSecret) clearLater(await text, () => announce(words('ui.secret.cleared')));
      else keepClipboard();
      setCopied(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), shownFor);
      return true;
    },
    [words],
  );
  return { isCopied, copy };
}

async function write(text: string | Promise<string>): Promise<boolean> {
  if (typeof text !== 'string' && typeof ClipboardItem !== 'undefined') {
    try {
      const blob = text.then((known) => new Blob([known], { type: 'text/plain' }));
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
      return true;
    } catch {
      // The text itself failed, which is for the caller to say, or took too long: then the plain way may still do.
    }
  }
  const known = await text;
  return await navigator.clipboard.writeText(known).then(
    () => true,
    () => false,
  );
}

function isFirst(): boolean {
  try {
    if (localStorage.getItem('arca.clipboard') !== null) return false;
    localStorage.setItem('arca.clipboard', 'warned');
    return true;
  } catch {
    return false; // storage is closed to us: better no warning than one at every copy
  }
}
