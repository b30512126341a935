import { Ban, CircleCheck, ShieldCheck, User } from 'lucide-react';
import { useWords } from '../text/use-words.ts';
import { FilterSentence } from '../ui/filter-sentence.tsx';

type UserFiltersProps = {
  state: string | null;
  role: string | null;
  onChange: (name: string, value: string | null) => void;
  onClear: () => void;
};

const icons = { enabled: CircleCheck, disabled: Ban, admin: ShieldCheck, member: User };
const states = ['enabled', 'disabled'] as const;
const roles = ['admin', 'member'] as const;

export function UserFilters({ state, role, onChange, onClear }: UserFiltersProps) {
  const words = useWords();
  const chosen = [
    { id: 'state', value: states.find((one) => one === state) },
    { id: 'role', value: roles.find((one) => one === role) },
  ];
  return (
    <FilterSentence
      subject={words('users.subject')}
      filters={chosen.flatMap(({ id, value }) =>
        value === undefined ? [] : [{ id, text: words(`users.filter.${value}`) }],
      )}
      onRemove={(id) => onChange(id, null)}
      onClear={onClear}
      entries={[
        ...states.map((one) => ({
          id: one,
          label: words('users.filterState', { state: words(`users.filter.${one}`) }),
          icon: icons[one],
          onAction: () => onChange('state', one),
        })),
        ...roles.map((one) => ({
          id: one,
          label: words('users.filterRole', { role: words(`users.filter.${one}`) }),
          icon: icons[one],
          onAction: () => onChange('role', one),
        })),
      ]}
    />
  );
}
