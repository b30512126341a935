/** What sort of difference it is decides whom it matters to. */
export type Sort = keyof typeof weights;

export type Difference = { sort: Sort; at: string; expected: string; came: string };

export type Weight = { matters: 'yes' | 'some' | 'no'; to: string };

export const weights = {
  silence: { matters: 'yes', to: 'no client gets an answer' },
  status: { matters: 'yes', to: 'clients decide by the status' },
  'not JSON': { matters: 'yes', to: 'no client can read it' },
  'content type': { matters: 'some', to: 'clients that choose how to read by the content type' },
  absent: { matters: 'yes', to: 'clients that read the member' },
  type: { matters: 'yes', to: 'clients that read the value' },
  value: { matters: 'yes', to: 'clients that read the value' },
  entries: { matters: 'yes', to: 'clients that believe the list' },
  message: { matters: 'some', to: 'clients that compare texts' },
  order: { matters: 'some', to: 'clients that compare bytes' },
  header: { matters: 'some', to: 'clients and proxies that read the header' },
  'token member': { matters: 'some', to: 'clients that take such an answer for a failure' },
  added: { matters: 'no', to: 'clients pass over what they do not know' },
  spelling: { matters: 'no', to: 'JSON readers take both alike' },
} as const satisfies Record<string, Weight>;
