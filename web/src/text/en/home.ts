import { first } from './first.ts';
import { itemNames } from './item-names.ts';
import { items } from './items.ts';
import { places } from './places.ts';

/** What is said on the first page after signing in, and around it. */
export const home = { ...first, ...places, items, itemNames };
