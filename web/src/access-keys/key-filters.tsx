import { CircleDot, User } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { findPeople } from '../api/find-people.ts';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import { Combobox } from '../ui/combobox.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FilterSentence } from '../ui/filter-sentence.tsx';
import { RadioGroup } from '../ui/radio-group.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';

const states = ['live', 'expired', 'revoked'] as const;

/** Whose keys an administrator looks at: his own, or everybody's. */
export function OwnerSwitch() {
  const words = useWords();
  const change = useChange();
  const [params] = useSearchParams();
  return (
    <SegmentedControl
      label={words('accessKeys.whose.label')}
      options={[
        { id: 'mine', label: words('accessKeys.whose.mine') },
        { id: 'all', label: words('accessKeys.whose.all') },
      ]}
      value={params.get('owner') === null ? 'mine' : 'all'}
      onChange={(whose) => change({ owner: whose === 'all' ? 'all' : null })}
    />
  );
}

/** What the list leaves out, as a sentence. */
export function KeyFilters() {
  const words = useWords();
  const { may } = useSession();
  const change = useChange();
  const [params] = useSearchParams();
  const [isChoosing, setChoosing] = useState(false);
  const state = states.find((one) => one === params.get('state'));
  const owner = may.administer ? params.get('owner') : null;
  const person = owner === null || owner === 'all' ? null : owner;
  const filters = [
    state !== undefined && {
      id: 'state',
      text: words(`accessKeys.filters.${state}`),
      editor: (close: () => void) => (
        <RadioGroup
          label={words('accessKeys.columns.state')}
          options={states.map((id) => ({ id, label: words(`accessKeys.states.${id}`) }))}
          value={state}
          onChange={(next) => {
            change({ state: next });
            close();
          }}
        />
      ),
    },
    person !== null && {
      id: 'owner',
      text: words('accessKeys.filters.owner', { owner: person }),
      editor: (close: () => void) => <PersonField onDone={close} />,
    },
  ].filter((filter) => filter !== false);
  return (
    <>
      <FilterSentence
        subject={words('accessKeys.title')}
        filters={filters}
        onRemove={(id) => change({ [id]: id === 'owner' ? 'all' : null })}
        onClear={() => change({ state: null, owner: null })}
        entries={[
          ...states.map((id) => ({
            id,
            label: words(`accessKeys.filters.${id}`),
            icon: CircleDot,
            isOn: state === id,
            onAction: () => change({ state: state === id ? null : id }),
          })),
          ...(may.administer
            ? [
                {
                  id: 'owner',
                  label: words('accessKeys.filters.ofPerson'),
                  icon: User,
                  onAction: () => setChoosing(true),
                },
              ]
            : []),
        ]}
      />
      <Dialog isOpen={isChoosing} onOpenChange={setChoosing} title={words('accessKeys.filters.ofPerson')}>
        <PersonField onDone={() => setChoosing(false)} />
      </Dialog>
    </>
  );
}

function PersonField({ onDone }: { onDone: () => void }) {
  const words = useWords();
  const change = useChange();
  return (
    <Combobox
      label={words('accessKeys.columns.owner')}
      options={findPeople}
      value={null}
      onChange={(username) => {
        if (username === null) return;
        change({ owner: username });
        onDone();
      }}
    />
  );
}

/** Changes the address: null takes a name out of it. */
export function useChange(): (changes: Record<string, string | null>) => void {
  const [, setParams] = useSearchParams();
  return (changes) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) next.delete(name);
        else next.set(name, value);
      }
      return next;
    });
}
