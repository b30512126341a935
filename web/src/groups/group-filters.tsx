import { Ban, CircleCheck } from 'lucide-react';
import { useWords } from '../text/use-words.ts';
import { FilterSentence } from '../ui/filter-sentence.tsx';
import type { GroupSort } from './group-sort.ts';

type GroupFiltersProps = { sort: GroupSort; state: string | null; onState: (state: string | null) => void };

export function GroupFilters({ sort, state, onState }: GroupFiltersProps) {
  const words = useWords();
  const known = state === 'enabled' || state === 'disabled' ? state : null;
  return (
    <FilterSentence
      subject={words(`groups.${sort.words}.title`)}
      filters={known === null ? [] : [{ id: 'state', text: words(`groups.filter.${known}`) }]}
      onRemove={() => onState(null)}
      onClear={() => onState(null)}
      entries={[
        { id: 'enabled', label: words('groups.enabled'), icon: CircleCheck, onAction: () => onState('enabled') },
        { id: 'disabled', label: words('groups.disabled'), icon: Ban, onAction: () => onState('disabled') },
      ]}
    />
  );
}
