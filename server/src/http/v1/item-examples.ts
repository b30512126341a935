import type { Kind } from '../../domain/kind.ts';

// Made-up values; the reference shows them, and the tests hold them against the schemas.

const state = {
  number: 312,
  owner: 'ana',
  role: 'owner',
  may: { update: true, share: true, transfer: true },
  enabled: true,
  disabledAt: null,
  version: 2,
  revision: 7,
  justificationRequired: false,
  approvalRequired: false,
  sharedWith: 1,
  createdAt: '2026-11-02T09:30:00.000Z',
  updatedAt: '2026-11-20T16:04:12.345Z',
  lastUsedAt: '2026-11-21T08:00:00.000Z',
  strength: null,
};

export const itemExamples: Readonly<Record<Kind, object>> = {
  password: {
    kind: 'password',
    name: 'GitHub',
    username: 'ana@example.com',
    url: 'https://github.com',
    tags: ['work', 'code'],
    ...state,
    filled: ['password', 'totp'],
    strength: 'good',
  },
  note: { kind: 'note', name: 'Door code', tags: ['office'], ...state, filled: ['note'] },
  'api-secret': {
    kind: 'api-secret',
    name: 'Payments',
    url: 'https://api.example.com',
    clientId: 'payments-production',
    identifierCode: 'PAY-1',
    method: '',
    tags: [],
    ...state,
    filled: ['clientSecret'],
  },
  file: {
    kind: 'file',
    name: 'Contract',
    fileName: 'contract.pdf',
    mediaType: 'application/pdf',
    size: 20_000_000,
    tags: ['legal'],
    ...state,
    filled: ['content'],
  },
};

export const revealedExample = {
  kind: 'password',
  number: 312,
  version: 2,
  revision: 7,
  open: { name: 'GitHub', username: 'ana@example.com', url: 'https://github.com', tags: ['work', 'code'] },
  secrets: { password: 'not-a-real-one', code: '492039' },
  codeSecondsLeft: 17,
};

export const newExamples: Readonly<Record<Kind, object>> = {
  password: {
    name: 'GitHub',
    username: 'ana@example.com',
    password: 'not-a-real-one',
    url: 'https://github.com',
    totp: 'JBSWY3DPEHPK3PXP',
    tags: ['work', 'code'],
  },
  note: { name: 'Door code', note: 'Two zero, twice the year.', tags: ['office'] },
  'api-secret': {
    name: 'Payments',
    url: 'https://api.example.com',
    clientId: 'payments-production',
    clientSecret: 'not-a-real-one',
    identifierCode: 'PAY-1',
  },
  file: { name: 'Contract', upload: '5f0c1a7e9b3d42c8a1e6f7d0b9c8e7f6', tags: ['legal'] },
};
