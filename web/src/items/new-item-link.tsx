import { Plus } from 'lucide-react';
import { useWords } from '../text/use-words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { type Kind, places } from './kinds.ts';

export function NewItemLink({ kind }: { kind: Kind }) {
  const words = useWords();
  return (
    <ButtonLink variant="primary" icon={Plus} href={`${places[kind]}/new`}>
      {words(`items.kinds.${kind}.new`)}
    </ButtonLink>
  );
}
