import { CircleCheck, Info, type LucideIcon, OctagonAlert, X } from 'lucide-react';
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastRegion as AriaToastRegion,
  Text,
  UNSTABLE_ToastContent as ToastContent,
} from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import { Button, IconButton } from './button.tsx';
import { joinClasses } from './join-classes.ts';
import styles from './toast.module.css';
import { type ToastTone, toastQueue } from './toast.tsx';

const icons: Record<ToastTone, LucideIcon> = { neutral: Info, success: CircleCheck, danger: OctagonAlert };

/** Once in the frame. F6 moves the focus to it. */
export function ToastRegion() {
  const words = useWords();
  return (
    <AriaToastRegion queue={toastQueue} aria-label={words('ui.toasts')} className={styles.region}>
      {({ toast }) => {
        const { text, detail, tone = 'neutral', onUndo, action } = toast.content;
        const Icon = icons[tone];
        const close = () => toastQueue.close(toast.key);
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
    </AriaToastRegion>
  );
}
