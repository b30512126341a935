import { Plus } from 'lucide-react';
import { useWords } from '../text/use-words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { type Kind, places } from './kinds.ts';

/** `isQuiet` where another button is the first one to press. */
export function NewItemLink({ kind, isQuiet }: { kind: Kind; isQuiet?: boolean }) {
  const words = useWords();
  return (
    <ButtonLink variant={isQuiet ? 'secondary' : 'primary'} icon={Plus} href={`${places[kind]}/new`}>
      {words(`items.kinds.${kind}.new`)}
    </ButtonLink>
  );
}
