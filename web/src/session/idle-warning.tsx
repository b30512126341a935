import { lazy } from 'react';
import { useIdle } from './use-idle.ts';

const IdleDialog = lazy(() => import('./idle-dialog.tsx').then((file) => ({ default: file.IdleDialog })));

/** In the last minute before an idle session ends. Any key or press keeps it: `useIdle` hears them. */
export function IdleWarning({ idleFor }: { idleFor: number }) {
  const left = useIdle(idleFor);
  return left === null ? null : <IdleDialog left={left} />;
}
