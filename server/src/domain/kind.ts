/** The kinds of items, in our words. */
export const kinds = ['password', 'note', 'api-secret', 'file'] as const;
export type Kind = (typeof kinds)[number];
