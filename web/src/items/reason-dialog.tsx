import { ahead } from '../ui/ahead.tsx';
import { useReasonAsk } from './reasons.ts';

const OpenReasonDialog = ahead(() => import('./open-reason-dialog.tsx').then((file) => file.OpenReasonDialog));

/** Asks for a reason to read an item, wherever on the screen it is to be read. */
export function ReasonDialog() {
  const ask = useReasonAsk();
  return ask && <OpenReasonDialog key={`${ask.item.kind}/${ask.item.number}`} ask={ask} />;
}
