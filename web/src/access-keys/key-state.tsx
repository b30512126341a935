import type { AccessKey } from '@arca/sdk';
import { useWords } from '../text/use-words.ts';
import { Badge } from '../ui/badge.tsx';

const tones = { live: 'success', held: 'warning', expired: 'warning', revoked: 'neutral' } as const;

export function KeyState({ state }: Pick<AccessKey, 'state'>) {
  const words = useWords();
  return <Badge tone={tones[state]}>{words(`accessKeys.states.${state}`)}</Badge>;
}
