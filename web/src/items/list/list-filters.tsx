import { Ban, ShieldAlert, Tag, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FilterSentence } from '../../ui/filter-sentence.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { Kind } from '../kinds.ts';
import { type Ailment, ailments, type ListAddress, type State } from './address.ts';
import styles from './list-bar.module.css';

type ListFiltersProps = { kind?: Kind; address: ListAddress; onChange: (address: ListAddress) => void };

/** What the list leaves out, as a sentence: "Passwords · owned by me · tagged finance · disabled too". */
export function ListFilters({ kind, address, onChange }: ListFiltersProps) {
  const words = useWords();
  const [isTagging, setTagging] = useState(false);
  const change = (part: Partial<ListAddress>) => onChange({ ...address, ...part });
  const { owner, state, tag, health } = address;
  const healths = kind === undefined || kind === 'password' ? ailments : [];
  const filters = [
    owner !== null && {
      id: 'owner',
      text: words(`items.filters.owner.${owner}`),
      editor: (close: () => void) => (
        <RadioGroup
          label={words('items.columns.owner')}
          options={(['me', 'others'] as const).map((id) => ({ id, label: words(`items.filters.owner.${id}`) }))}
          value={owner}
          onChange={(next) => {
            change({ owner: next });
            close();
          }}
        />
      ),
    },
    tag !== null && {
      id: 'tag',
      text: words('items.filters.tag', { tag }),
      editor: (close: () => void) => <TagForm tag={tag} onChange={(next) => change({ tag: next })} onDone={close} />,
    },
    health !== null && {
      id: 'health',
      text: words(`items.filters.health.${health}`),
      editor: (close: () => void) => (
        <RadioGroup<Ailment>
          label={words('items.filters.healthLabel')}
          options={ailments.map((id) => ({ id, label: words(`items.filters.health.${id}`) }))}
          value={health}
          onChange={(next) => {
            change({ health: next });
            close();
          }}
        />
      ),
    },
    state !== 'enabled' && {
      id: 'state',
      text: words(`items.filters.state.${state}`),
      editor: (close: () => void) => (
        <RadioGroup<State>
          label={words('items.filters.stateLabel')}
          options={(['all', 'disabled'] as const).map((id) => ({ id, label: words(`items.filters.state.${id}`) }))}
          value={state}
          onChange={(next) => {
            change({ state: next });
            close();
          }}
        />
      ),
    },
  ].filter((filter) => filter !== false);
  const remove: Record<string, Partial<ListAddress>> = {
    owner: { owner: null },
    tag: { tag: null },
    health: { health: null },
    state: { state: 'enabled' },
  };
  return (
    <>
      <FilterSentence
        subject={words(kind === undefined ? 'items.all' : `items.kinds.${kind}.many`)}
        filters={filters}
        onRemove={(id) => change(remove[id] ?? {})}
        onClear={() => change({ owner: null, tag: null, health: null, state: 'enabled' })}
        entries={[
          ...(['me', 'others'] as const).map((id) => ({
            id,
            label: words(`items.filters.owner.${id}`),
            icon: UserRound,
            isOn: owner === id,
            onAction: () => change({ owner: owner === id ? null : id }),
          })),
          ...healths.map((id) => ({
            id,
            label: words(`items.filters.health.${id}`),
            icon: ShieldAlert,
            isOn: health === id,
            onAction: () => change({ health: health === id ? null : id }),
          })),
          { id: 'tag', label: words('items.filters.withTag'), icon: Tag, onAction: () => setTagging(true) },
          ...(['all', 'disabled'] as const).map((id) => ({
            id,
            label: words(`items.filters.state.${id}`),
            icon: Ban,
            isOn: state === id,
            onAction: () => change({ state: state === id ? 'enabled' : id }),
          })),
        ]}
      />
      <Dialog isOpen={isTagging} onOpenChange={setTagging} title={words('items.filters.tagTitle')}>
        <TagForm tag={tag ?? ''} onChange={(next) => change({ tag: next })} onDone={() => setTagging(false)} />
      </Dialog>
    </>
  );
}

type TagFormProps = { tag: string; onChange: (tag: string | null) => void; onDone: () => void };

function TagForm({ tag, onChange, onDone }: TagFormProps) {
  const words = useWords();
  const [typed, setTyped] = useState(tag);
  return (
    <form
      className={styles.tag}
      onSubmit={(event) => {
        event.preventDefault();
        onChange(typed.trim() || null);
        onDone();
      }}
    >
      <TextField
        autoFocus
        label={words('items.filters.tagLabel')}
        help={words('items.filters.tagHelp')}
        value={typed}
        onChange={setTyped}
      />
      <Button type="submit" variant="primary">
        {words('items.filters.act')}
      </Button>
    </form>
  );
}
