import { CalendarClock, CircleDot, FileKey, MapPin, User } from 'lucide-react';
import { useState } from 'react';
import { readItem, spellItem } from '../api/item-name.ts';
import { useItemCall } from '../api/use-find-items.ts';
import { useItemNames } from '../api/use-item-names.ts';
import { useSession } from '../session/use-session.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { FilterSentence } from '../ui/filter-sentence.tsx';
import { type AuditAddress, nothingSought } from './address.ts';
import { FilterDialog, FilterEditor, type FilterSort } from './filter-dialog.tsx';

const icons = { person: User, what: CircleDot, item: FileKey, time: CalendarClock, address: MapPin };

type AuditFiltersProps = { address: AuditAddress; onChange: (address: AuditAddress) => void };

/** What is shown, as a sentence: "Audit · by ana · views of items · in the last 7 days". */
export function AuditFilters({ address, onChange }: AuditFiltersProps) {
  const words = useWords();
  const { may } = useSession();
  const [adding, setAdding] = useState<FilterSort>();
  const told = useTold(address);
  // Whose acts others may look at is settled: their own.
  const sorts = (Object.keys(icons) as FilterSort[]).filter((sort) => sort !== 'person' || may.administer);
  const filters = sorts.flatMap((sort) => {
    const text = told[sort];
    if (text === null) return [];
    const editor = (close: () => void) => (
      <FilterEditor sort={sort} address={address} onChange={onChange} onDone={close} />
    );
    return [{ id: sort, text, editor }];
  });
  return (
    <>
      <FilterSentence
        subject={words('audit.title')}
        filters={filters}
        onRemove={(sort) => onChange({ ...address, ...without[sort as FilterSort] })}
        onClear={() => onChange(nothingSought)}
        entries={sorts.map((sort) => ({
          id: sort,
          label: words(`audit.filters.${sort}`),
          icon: icons[sort],
          isOn: told[sort] !== null,
          onAction: () => setAdding(sort),
        }))}
      />
      <FilterDialog sort={adding} address={address} onChange={onChange} onClose={() => setAdding(undefined)} />
    </>
  );
}

const without: Record<FilterSort, Partial<AuditAddress>> = {
  person: { user: null },
  what: { what: null },
  item: { item: null },
  time: { span: null, since: null, until: null },
  address: { from: null },
};

/** Each filter in words, or null where there is none. */
function useTold({ user, what, item, span, since, until, from }: AuditAddress): Record<FilterSort, string | null> {
  const words = useWords();
  const { dateTime } = useFormats();
  const call = useItemCall();
  const wanted = readItem(item ?? '');
  const names = useItemNames(wanted === null ? [] : [wanted]);
  const time = (at: string) => dateTime(new Date(at));
  const timeTold = () => {
    if (span !== null) return words(`audit.filters.${span}`);
    if (since !== null && until !== null)
      return words('audit.filters.between', { since: time(since), until: time(until) });
    if (since !== null) return words('audit.filters.since', { time: time(since) });
    return until === null ? null : words('audit.filters.until', { time: time(until) });
  };
  return {
    person: user === null ? null : words('audit.filters.personOf', { user }),
    what: what === null ? null : words(`audit.groups.${what}`),
    item:
      wanted === null
        ? null
        : words('audit.filters.itemOf', { item: names.get(spellItem(wanted)) ?? call(spellItem(wanted)) }),
    time: timeTold(),
    address: from === null ? null : words('audit.filters.addressOf', { address: from }),
  };
}
