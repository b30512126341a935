// What a list shows stands in the query of its address, so that it can be sent to somebody and come back to. Names of
// tags and words looked for are open fields: no secret is ever among them.

export type State = 'enabled' | 'disabled' | 'all';
type SortBy = 'name' | 'number' | 'createdAt' | 'updatedAt' | 'lastUsedAt';
export type SortName = SortBy | `-${SortBy}`;

/** What is wrong with the passwords that a list is limited to: only whose they are is shown them. */
export const ailments = ['weak', 'reused', 'old'] as const;
export type Ailment = (typeof ailments)[number];

export type ListAddress = {
  /** Words to look for; '' for any. */
  q: string;
  state: State;
  owner: 'me' | 'others' | null;
  tag: string | null;
  health: Ailment | null;
  sort: SortName;
};

export const plainList: ListAddress = { q: '', state: 'enabled', owner: null, tag: null, health: null, sort: 'name' };

const sorts = ['name', 'number', 'createdAt', 'updatedAt', 'lastUsedAt'].flatMap((by) => [by, `-${by}`]) as SortName[];

/** Reads a query string; what is unknown in it counts as absent. */
export function readAddress(search: string): ListAddress {
  const query = new URLSearchParams(search);
  return {
    q: query.get('q') ?? '',
    state: oneOf(['enabled', 'disabled', 'all'] as const, query.get('state')) ?? plainList.state,
    owner: oneOf(['me', 'others'] as const, query.get('owner')) ?? null,
    tag: query.get('tag') || null,
    health: oneOf(ailments, query.get('health')) ?? null,
    sort: oneOf(sorts, query.get('sort')) ?? plainList.sort,
  };
}

/** The query string, with its question mark, of what differs from a plain list; '' for a plain one. */
export function writeAddress(address: ListAddress): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(address)) {
    if (value !== null && value !== plainList[name as keyof ListAddress]) query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** Whether it leaves anything out by more than its plain state. */
export function isFiltered({ q, state, owner, tag, health }: ListAddress): boolean {
  return q.trim() !== '' || state !== plainList.state || owner !== null || tag !== null || health !== null;
}

function oneOf<Name extends string>(names: readonly Name[], given: string | null): Name | undefined {
  return names.find((name) => name === given);
}
