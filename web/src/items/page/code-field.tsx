import type { Item } from '@arca/sdk';
import { Eye, EyeOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../text/use-words.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { OneTimeCode } from '../../ui/one-time-code.tsx';
import { showToast } from '../../ui/toast.tsx';
import { NoCode, revealCode, type ShownCode } from '../reveal.ts';
import { useExplain } from '../use-explain.ts';
import styles from './field.module.css';
import { Line } from './open-field.tsx';

const shownFor = 120_000; // in ms: each new code is one more read that the safe records
const mask = '••••••';

type Shown = ShownCode & { period: number; end: number };

/** The code of the moment, read when it is asked for and again at the end of each, for two minutes. */
export function CodeField({ item }: { item: Item }) {
  const words = useWords();
  const explain = useExplain();
  const label = words('items.code.label');
  const [shown, setShown] = useState<Shown | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [hasNone, setHasNone] = useState(false);
  const isLeft = useRef(false);
  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
      setShown(null);
    };
  }, []);
  const fail = (error: unknown) => {
    setShown(null);
    if (error instanceof NoCode) return setHasNone(true);
    const text = explain(error);
    if (text !== null) showToast({ tone: 'danger', text });
  };
  const view = async () => {
    setBusy(true);
    try {
      const code = await revealCode(item);
      if (isLeft.current) return;
      setShown({ ...code, period: periodOf(code.until), end: Date.now() + shownFor });
      announce(words('items.code.nowShown'));
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  const hide = () => {
    setShown(null);
    announce(words('ui.secret.nowHidden', { label }));
  };
  const renew = async (before: Shown) => {
    if (Date.now() >= before.end) return hide();
    try {
      const code = await revealCode(item, before.reason ?? '');
      if (!isLeft.current) {
        setShown((now) => now && { ...code, period: Math.max(before.period, periodOf(code.until)), end: before.end });
      }
    } catch (error) {
      fail(error);
    }
  };
  const renewNow = useRef(renew);
  renewNow.current = renew;
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => void renewNow.current(shown), shown.until - Date.now() + 200);
    return () => clearTimeout(timer);
  }, [shown]);
  if (hasNone)
    return (
      <Line label={label}>
        <span className={styles.note}>{words('items.code.none')}</span>
      </Line>
    );
  if (shown === null)
    return (
      <Line
        label={label}
        actions={
          <>
            <Button
              isSmall
              icon={Eye}
              isBusy={isBusy}
              aria-label={`${words('ui.secret.view')}: ${label}`}
              onPress={() => void view()}
            >
              {words('ui.secret.view')}
            </Button>
            <CopyButton
              label={label}
              isSecret
              text={() => revealCode(item).then(({ code }) => code)}
              explain={explain}
            />
          </>
        }
      >
        <span role="img" aria-label={words('ui.secret.masked', { label })} className={styles.mask}>
          {mask}
        </span>
      </Line>
    );
  return (
    <div className={styles.code}>
      <span aria-hidden="true" className={styles.label}>
        {label}
      </span>
      <OneTimeCode
        label={label}
        code={shown.code}
        until={shown.until}
        period={shown.period}
        beside={
          <Button isSmall icon={EyeOff} aria-label={`${words('ui.secret.hide')}: ${label}`} onPress={hide}>
            {words('ui.secret.hide')}
          </Button>
        }
      />
      <p className={styles.note}>{words('items.code.recorded')}</p>
    </div>
  );
}

/** The safe tells what is left of a code; its whole time is at least that, and mostly one of these. */
function periodOf(until: number): number {
  const left = Math.ceil((until - Date.now()) / 1000);
  return [30, 60, 90, 120].find((period) => left <= period) ?? left;
}
