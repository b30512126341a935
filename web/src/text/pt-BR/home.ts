import { first } from './first.ts';
import { itemNames } from './item-names.ts';
import { items } from './items.ts';
import { places } from './places.ts';

/** O que se diz na primeira página depois de entrar, e em volta dela. */
export const home = { ...first, ...places, items, itemNames };
