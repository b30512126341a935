import { success } from '../wire-envelopes.ts';
import { type Outcome, testWhoMay } from './who-may.ts';
import { noteKind, passwordKind, type WireKind } from './wire-kinds.ts';

const flags = (mayWrite: boolean) => ({ need_justify: '0', need_approval: '0', can_view: true, can_write: mayWrite });

function line(wire: WireKind, number: number, name: string, mayWrite: boolean): object {
  const identifier = String(number);
  if (wire === passwordKind) return { identifier, name, url: '', username: 'olga', tags: '', ...flags(mayWrite) };
  if (wire === noteKind) return { identifier, name, tags: '', ...flags(mayWrite) };
  return { identifier, name, ...flags(mayWrite) };
}

/** Lists never show a secret field: nothing is recorded. */
const entries = () => [];

function seeing(item: 'read' | 'write' | null, another: 'read' | 'write' | null = null): Outcome {
  return {
    answer({ wire, number }) {
      const lines = [
        ...(item ? [line(wire, number, wire.least.name ?? '', item === 'write')] : []),
        ...(another ? [line(wire, number + 1, 'another', another === 'write')] : []),
      ];
      return success(200, '', { [wire.listKey]: lines });
    },
    entries,
  };
}

testWhoMay({
  title: 'listing',
  action: 'item.list',
  onItem: false,
  call: ({ wire }) => ({ method: 'GET', path: wire.path }),
  rows: {
    'the owner': seeing('write', 'write'),
    'a stranger': seeing(null),
    'an administrator': seeing(null),
    'a viewer': seeing('read'),
    'an editor': seeing('write'),
    'a viewer whose group edits': seeing('write'),
    'a member of a viewing group': seeing('read'),
    'a member of an editing group': seeing('write'),
    'a member of an editing private group': seeing('write'),
    'a member of a disabled group': seeing(null),
    'a member no more': seeing(null),
    'someone whose share has ended': seeing(null),
    'a read-only key of the owner': seeing('read', 'read'),
    'a read-only key of an editor': seeing('read'),
    'a key for these items': seeing('write'),
    'a key for other items': seeing(null, 'write'),
  },
});
