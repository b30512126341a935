import { useWords } from '../text/use-words.ts';
import { Dialog } from '../ui/dialog.tsx';
import type { AuditAddress } from './address.ts';
import { AddressEditor } from './address-editor.tsx';
import { ItemEditor } from './item-editor.tsx';
import { PersonEditor } from './person-editor.tsx';
import { TimeEditor } from './time-editor.tsx';
import { WhatEditor } from './what-editor.tsx';

export type FilterSort = 'person' | 'what' | 'item' | 'time' | 'address';

const editors = {
  person: PersonEditor,
  what: WhatEditor,
  item: ItemEditor,
  time: TimeEditor,
  address: AddressEditor,
};

type FilterEditorProps = {
  sort: FilterSort;
  address: AuditAddress;
  onChange: (address: AuditAddress) => void;
  onDone: () => void;
};

/** Where one filter is chosen. */
export function FilterEditor({ sort, address, onChange, onDone }: FilterEditorProps) {
  const Editor = editors[sort];
  return (
    <Editor
      address={address}
      onChoose={(part) => {
        onDone();
        onChange({ ...address, ...part });
      }}
    />
  );
}

type FilterDialogProps = {
  /** Undefined while it is closed. */
  sort: FilterSort | undefined;
  address: AuditAddress;
  onChange: (address: AuditAddress) => void;
  onClose: () => void;
};

export function FilterDialog({ sort, address, onChange, onClose }: FilterDialogProps) {
  const words = useWords();
  return (
    <Dialog
      isOpen={sort !== undefined}
      onOpenChange={onClose}
      title={sort === undefined ? '' : words(`audit.filters.${sort}`)}
    >
      {sort !== undefined && <FilterEditor sort={sort} address={address} onChange={onChange} onDone={onClose} />}
    </Dialog>
  );
}
