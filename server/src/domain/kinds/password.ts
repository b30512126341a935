import type { FieldRule } from '../fields.ts';

export const passwordFields: readonly FieldRule[] = [
  { field: 'name', part: 'open', type: 'text', required: true, most: 255 },
  { field: 'username', part: 'open', type: 'text', required: true, most: 255 },
  { field: 'password', part: 'secret', type: 'text', required: true, most: 4096 },
  { field: 'url', part: 'open', type: 'text', required: false, most: 2048 },
  { field: 'totp', part: 'secret', type: 'totp', required: false, most: 1024 },
  { field: 'notes', part: 'secret', type: 'text', required: false, most: 10_000 },
  { field: 'tags', part: 'open', type: 'tags', required: false, most: 255 },
];
