import { Arca } from '@arca/sdk';
import { attended } from './attend.ts';

/**
 * The safe, by the session of this page. A call that needs a fresh proof or a new sign-in asks for it by itself and goes
 * on afterwards: screens need not know.
 */
export const arca = attended(new Arca());
