import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components';

export type ToastTone = 'neutral' | 'success' | 'danger';

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

const shortest = 6_000; // in ms; the clock stands still while the toasts are pointed at or focused
const withAction = 10_000;

export const toastQueue = new ToastQueue<Toast>({ maxVisibleToasts: 3 });

/** From anywhere. What went wrong stays until it is closed. Returns a function that closes it. */
export function showToast(toast: Toast): () => void {
  const hasAction = toast.onUndo !== undefined || toast.action !== undefined;
  const timeout = toast.tone === 'danger' || toast.isLasting ? undefined : hasAction ? withAction : shortest;
  const key = toastQueue.add(toast, timeout === undefined ? undefined : { timeout });
  return () => toastQueue.close(key);
}
