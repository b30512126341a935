import type { FieldRule } from '../fields.ts';

export const apiSecretFields: readonly FieldRule[] = [
  { field: 'name', part: 'open', type: 'text', required: true, most: 255 },
  { field: 'url', part: 'open', type: 'text', required: true, most: 2048 },
  { field: 'clientId', part: 'open', type: 'text', required: true, most: 4096 },
  { field: 'clientSecret', part: 'secret', type: 'text', required: false, most: 4096 },
  // The owner's own word for this secret, unique among his secrets; not our number.
  { field: 'identifierCode', part: 'open', type: 'text', required: false, most: 255 },
  { field: 'tags', part: 'open', type: 'tags', required: false, most: 255 },
  { field: 'notes', part: 'secret', type: 'text', required: false, most: 10_000 },
  { field: 'method', part: 'open', type: 'text', required: false, most: 255 },
];
