import type { Item } from '@arca/sdk';
import { Ban, CircleCheck, Users } from 'lucide-react';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';

export type SelectionVerb = 'share' | 'disable' | 'enable';

type SelectionActionsProps = {
  items: readonly Item[];
  onAct: (verb: SelectionVerb, items: readonly Item[]) => void;
};

/** What can be done with the selected items together. */
export function SelectionActions({ items, onAct }: SelectionActionsProps) {
  const words = useWords();
  const enabled = items.filter((item) => item.enabled);
  const disabled = items.filter((item) => !item.enabled);
  return (
    <>
      {enabled.length > 0 && (
        <Button isSmall icon={Users} onPress={() => onAct('share', enabled)}>
          {words('items.acts.share')}
        </Button>
      )}
      {enabled.length > 0 && (
        <Button isSmall icon={Ban} onPress={() => onAct('disable', enabled)}>
          {words('items.acts.disable')}
        </Button>
      )}
      {disabled.length > 0 && (
        <Button isSmall icon={CircleCheck} onPress={() => onAct('enable', disabled)}>
          {words('items.acts.enable')}
        </Button>
      )}
    </>
  );
}
