import { CircleCheck, Info, type LucideIcon, OctagonAlert, X } from 'lucide-react';
import {
  UNSTABLE_Toast as AriaToast,
  Text,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import { Button, IconButton } from './button.tsx';
import { joinClasses } from './join-classes.ts';
import styles from './toast.module.css';

type ToastTone = 'neutral' | 'success' | 'danger';

export type Toast = {
  /** What has happened, with the verb of the button: "2 passwords disabled". */
  text: string;
  detail?: string;
  tone?: ToastTone;
  /** Offered as Undo until the toast is gone. */
  onUndo?: () => void;
  /** Another next step. */
  action?: { label: string; onAction: () => void };
  /** Until somebody closes it or acts. */
  isLasting?: boolean;
};

const icons: Record<ToastTone, LucideIcon> = { neutral: Info, success: CircleCheck, danger: OctagonAlert };
const shortest = 6_000; // in ms; the clock stands still while the toasts are pointed at or focused
const withAction = 10_000;

const queue = new ToastQueue<Toast>({ maxVisibleToasts: 3 });

/** From anywhere. What went wrong stays until it is closed. Returns a function that closes it. */
export function showToast(toast: Toast): () => void {
  const hasAction = toast.onUndo !== undefined || toast.action !== undefined;
  const timeout = toast.tone === 'danger' || toast.isLasting ? undefined : hasAction ? withAction : shortest;
  const key = queue.add(toast, timeout === undefined ? undefined : { timeout });
  return () => queue.close(key);
}

/** Once in the frame. F6 moves the focus to it. */
export function Toasts() {
  const words = useWords();
  return (
    <ToastRegion queue={queue} aria-label={words('ui.toasts')} className={styles.region}>
      {({ toast }) => {
        const { text, detail, tone = 'neutral', onUndo, action } = toast.content;
        const Icon = icons[tone];
        const close = () => queue.close(toast.key);
        const act = (doIt: () => void) => () => {
          close();
          doIt();
        };
        return (
          <AriaToast toast={toast} className={joinClasses(styles.toast, styles[tone])}>
            <Icon size={18} />
            <ToastContent className={styles.content}>
              <Text slot="title" className={styles.title}>
                {text}
              </Text>
              {detail !== undefined && (
                <Text slot="description" className={styles.detail}>
                  {detail}
                </Text>
              )}
            </ToastContent>
            {action && (
              <Button isSmall onPress={act(action.onAction)}>
                {action.label}
              </Button>
            )}
            {onUndo && (
              <Button isSmall onPress={act(onUndo)}>
                {words('ui.undo')}
              </Button>
            )}
            <IconButton isSmall icon={X} label={words('ui.close')} onPress={close} />
          </AriaToast>
        );
      }}
    </ToastRegion>
  );
}
