import type { FieldRule } from '../fields.ts';

export const fileFields: readonly FieldRule[] = [
  { field: 'name', part: 'open', type: 'text', required: true, most: 255 },
  // These four come with an upload (domain/upload.ts), never from a caller's own words.
  { field: 'content', part: 'secret', type: 'content', required: true, most: 0 },
  { field: 'fileName', part: 'open', type: 'text', required: false, most: 255, isGiven: true },
  { field: 'mediaType', part: 'open', type: 'text', required: false, most: 255, isGiven: true },
  { field: 'size', part: 'open', type: 'size', required: false, most: 0, isGiven: true },
  { field: 'tags', part: 'open', type: 'tags', required: false, most: 255 },
  { field: 'notes', part: 'secret', type: 'text', required: false, most: 10_000 },
];
