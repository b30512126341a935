import type { ItemAction } from '../../src/domain/access.ts';
import type { WireKind } from '../items/wire-kinds.ts';

/** A call about one item, and what it leaves. `path` is behind the item's own, on the wire before its number. */
export type ItemCall = {
  dialect: 'v1' | 'wire';
  action: ItemAction;
  method: string;
  path: string;
  body?: (kind: WireKind) => object;
  /** The entries of who may; none for a mere read. On the wire an answer to a change may carry secrets. */
  event?: string | ((kind: WireKind) => string[]);
  /** Only of files, which are not on the wire; of passwords, notes and API secrets unless told. */
  of?: 'file';
  /** Brings the item back to where it was: `path` is behind its own path in our own API. */
  undo?: { method: string; path: string; body?: object };
};

let changes = 0;
const leastChange = () => {
  changes += 1;
  return { name: `changed ${changes}` };
};
const disabled = { event: 'item.disabled', undo: { method: 'POST', path: '/enable' } };
const restored = {
  event: 'item.version-restored',
  undo: { method: 'PATCH', path: '', body: { name: 'changed again' } },
};
const shared = { event: 'item.shared', undo: { method: 'DELETE', path: '/shares/users/nora' } };
const enabled = { event: 'item.enabled', undo: { method: 'POST', path: '/disable' } };
const updatedOnWire = (wire: WireKind) => ['item.updated', ...(wire.kind !== 'note' ? ['item.revealed'] : [])];
const v1 = { dialect: 'v1' } as const;
const wire = { dialect: 'wire' } as const;
const asViewer = () => ({ role: 'viewer' });

/** Every action on an item, by each call that plays it. `item.enable` runs while the items are disabled. */
export const itemCalls: readonly ItemCall[] = [
  { ...v1, action: 'item.read', method: 'GET', path: '' },
  { ...v1, action: 'item.read', method: 'GET', path: '/shares' },
  { ...v1, action: 'item.list-access', method: 'GET', path: '/access' },
  { ...v1, action: 'item.reveal', method: 'POST', path: '/reveal', event: 'item.revealed' },
  { ...wire, action: 'item.reveal', method: 'GET', path: '/', event: 'item.revealed' },
  { ...v1, action: 'item.reveal', of: 'file', method: 'GET', path: '/content', event: 'item.revealed' },
  {
    ...v1,
    action: 'item.reveal-version',
    of: 'file',
    method: 'GET',
    path: '/content?version=1',
    event: 'item.revealed',
  },
  { ...v1, action: 'item.list-versions', method: 'GET', path: '/versions' },
  { ...v1, action: 'item.reveal-version', method: 'POST', path: '/versions/1/reveal', event: 'item.revealed' },
  { ...v1, action: 'item.update', method: 'PATCH', path: '', body: leastChange, event: 'item.updated' },
  { ...wire, action: 'item.update', method: 'PUT', path: '/update/', body: leastChange, event: updatedOnWire },
  { ...v1, action: 'item.restore-version', method: 'POST', path: '/versions/1/restore', ...restored },
  { ...v1, action: 'item.share', method: 'PUT', path: '/shares/users/nora', body: asViewer, ...shared },
  { ...v1, action: 'item.disable', method: 'POST', path: '/disable', ...disabled },
  { ...wire, action: 'item.disable', method: 'POST', path: '/inactive/', ...disabled },
  { ...v1, action: 'item.enable', method: 'POST', path: '/enable', ...enabled },
  { ...wire, action: 'item.enable', method: 'POST', path: '/active/', ...enabled },
  {
    ...{ ...v1, action: 'item.transfer', method: 'POST', path: '/transfer', body: () => ({ to: 'gerd' }) },
    event: 'item.transferred',
  },
];
