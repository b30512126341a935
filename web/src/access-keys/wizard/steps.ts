import type { KeyValues } from '../key-values.ts';

/** The steps of the wizard and what each asks; the last one shows what was said. */
export const steps = [
  { id: 'application', fields: ['name', 'description', 'tags'] },
  { id: 'security', fields: ['encryption', 'addresses', 'fingerprint', 'referers'] },
  { id: 'data', fields: ['reach', 'items', 'access'] },
  { id: 'period', fields: ['period', 'expiresAt'] },
  { id: 'review', fields: [] },
] as const satisfies { id: string; fields: (keyof KeyValues)[] }[];

export const reviewStep = steps.length - 1;

/** From 0; 0 for a name that is none. */
export function stepOf(id: string | null): number {
  return Math.max(
    0,
    steps.findIndex((step) => step.id === id),
  );
}

/** In which step a field stands. */
export function stepOfField(field: string): number {
  return Math.max(
    0,
    steps.findIndex(({ fields }) => (fields as readonly string[]).includes(field)),
  );
}
