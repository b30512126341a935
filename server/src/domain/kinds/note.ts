import type { FieldRule } from '../fields.ts';

export const noteFields: readonly FieldRule[] = [
  { field: 'name', part: 'open', type: 'text', required: true, most: 255 },
  { field: 'note', part: 'secret', type: 'note', required: true, most: 100_000 },
  { field: 'tags', part: 'open', type: 'tags', required: false, most: 255 },
];
