/** What can be looked for by kind of event, each as the API spells it. */
export const eventGroups = {
  viewed: { event: 'item.revealed' },
  created: { event: 'item.created' },
  updated: { event: 'item.updated' },
  shared: { event: 'item.shared' },
  items: { event: 'item.' },
  signedIn: { event: 'session.started' },
  signInRefused: { event: 'session.start.refused' },
  sessions: { event: 'session.' },
  devices: { event: 'device-sign-in.' },
  profiles: { event: 'profile.' },
  tokens: { event: 'token.' },
  keys: { event: 'access-key.' },
  denied: { reason: 'access_denied' },
  restricted: { reason: 'key_restricted' },
  users: { event: 'user.' },
  teams: { event: 'group.' },
  policy: { event: 'policy.' },
  proposals: { event: 'proposal.' },
  audit: { event: 'audit.' },
  backups: { event: 'backup.' },
  safe: { event: 'safe.' },
} as const satisfies Record<string, { event: string } | { reason: string }>;

export type EventGroup = keyof typeof eventGroups;

export const eventGroupNames = Object.keys(eventGroups) as EventGroup[];
