import assert from 'node:assert/strict';
import { setShareEnd } from '../set-up-store.ts';
import { anyPassword, type Person, type TestSafe } from '../start-safe.ts';
import { entityOf, type WireKind, wireKinds } from './wire-kinds.ts';

/** Everybody with a good token, by how he stands to the items of the cast. */
export const callers = [
  'the owner',
  'a stranger',
  'an administrator',
  'a viewer',
  'an editor',
  'a viewer whose group edits',
  'a member of a viewing group',
  'a member of an editing group',
  'a member of an editing private group',
  'a member of a disabled group',
  'a member no more',
  'someone whose share has ended',
  'a read-only key of the owner',
  'a read-only key of an editor',
  'a key for these items',
  'a key for other items',
] as const;
export type Who = (typeof callers)[number];

export type Cast = {
  safe: TestSafe;
  people: Readonly<Record<Who, Person>>;
  /** The number of the cast's item of each kind, shared with everybody who is to reach it. */
  numbers: ReadonlyMap<WireKind, number>;
};

const sharing = {
  users_allowed: [
    { username: 'vera' },
    { username: 'edda', can_edit: true },
    { username: 'bert' },
    { username: 'ende', can_edit: true },
  ],
  groups_allowed: [
    { name: 'Readers' },
    { name: 'Writers', can_edit: true },
    { name: 'Team', can_edit: true },
    { name: 'Closed', can_edit: true },
  ],
};

/** Makes everybody, the groups, and one item of each kind that olga owns; another of each kind is beside it. */
export async function makeCast(safe: TestSafe): Promise<Cast> {
  const { operator } = safe;
  await operator.run('user.add', { username: 'adam', password: anyPassword, role: 'admin' });
  const [olga, sven, adam, vera, edda, bert, grete, gerd, pia, dora, nora, ende] = await makePeople(safe);
  await operator.run('group.add', { name: 'Readers', members: ['grete'] });
  await operator.run('group.add', { name: 'Writers', members: ['gerd', 'bert', 'nora'] });
  await operator.run('group.add', { name: 'Team', owner: 'olga', members: ['pia'] });
  await operator.run('group.add', { name: 'Closed', members: ['dora'] });
  const numbers = new Map<WireKind, number>();
  for (const wire of wireKinds) {
    const made = await olga.call('POST', wire.path, { ...wire.least, ...sharing });
    assert.equal(made.status, 201, made.text);
    numbers.set(wire, Number(entityOf(made).identifier));
    await olga.call('POST', wire.path, { ...wire.least, name: 'another' });
    await setShareEnd(safe, wire.kind, Number(entityOf(made).identifier), 'ende', new Date(Date.now() - 1000));
  }
  await operator.run('group.disable', { name: 'Closed' });
  await operator.run('group.remove-member', { name: 'Writers', member: 'nora' });
  const items = wireKinds.map((wire) => `${wire.kind}:${numbers.get(wire)}`);
  const others = wireKinds.map((wire) => `${wire.kind}:${Number(numbers.get(wire)) + 1}`);
  return {
    safe,
    numbers,
    people: {
      'the owner': olga,
      'a stranger': sven,
      'an administrator': adam,
      'a viewer': vera,
      'an editor': edda,
      'a viewer whose group edits': bert,
      'a member of a viewing group': grete,
      'a member of an editing group': gerd,
      'a member of an editing private group': pia,
      'a member of a disabled group': dora,
      'a member no more': nora,
      'someone whose share has ended': ende,
      'a read-only key of the owner': await safe.person('olga', { readOnly: true }),
      'a read-only key of an editor': await safe.person('edda', { readOnly: true }),
      'a key for these items': await safe.person('olga', { items }),
      'a key for other items': await safe.person('olga', { items: others }),
    },
  };
}

type Twelve<T> = [T, T, T, T, T, T, T, T, T, T, T, T];

/** All at once: each waits for the hash of a password. */
function makePeople(safe: TestSafe): Promise<Twelve<Person>> {
  const names = ['olga', 'sven', 'adam', 'vera', 'edda', 'bert', 'grete', 'gerd', 'pia', 'dora', 'nora', 'ende'];
  return Promise.all(names.map((name) => safe.person(name))) as Promise<Person[]> as Promise<Twelve<Person>>;
}
