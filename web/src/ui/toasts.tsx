import { ahead } from './ahead.tsx';

/** Where toasts are shown, once in the frame: what was said before its code came waits in the queue. */
export const Toasts = ahead(() => import('./toast-region.tsx').then((file) => file.ToastRegion), {
  isWanted: () => false,
});
