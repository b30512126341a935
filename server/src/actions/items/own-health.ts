import { mustBePerson, mustMay, type Person, reachableNumbers } from '../../domain/access.ts';
import { type Ailment, ailments, ailmentsOf } from '../../domain/password-health.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { candidates } from '../../storage/visible-items.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { examine } from './examine.ts';
import type { PasswordTags } from './password-tags.ts';

export type PasswordHealth = Record<Ailment, number> & { passwords: number; pending: number };

/** How many of the caller's own enabled passwords are weak, reused or old; `pending` ones were not judged yet. */
export function readOwnHealth(ctx: Context): Promise<PasswordHealth> {
  return actReading(ctx, { action: 'password.read-health', target: null }, async (tx, caller, now) => {
    mustMay('password.read-health', caller);
    const { examined, ailing } = await ownHealth(tx, ctx.safe.passwordTags, mustBePerson(caller), now);
    const having = (ailment: Ailment) => [...ailing.values()].filter((its) => its.includes(ailment)).length;
    const counts = Object.fromEntries(ailments.map((one) => [one, having(one)])) as Record<Ailment, number>;
    const pending = examined.filter(({ strength }) => strength === 'pending').length;
    return { ...counts, passwords: examined.length, pending };
  });
}

/** What is wrong with the enabled passwords that somebody owns and reaches: with those of others nobody is told. */
export async function ownHealth(tx: ReadTx, tags: PasswordTags, person: Person, now: Date) {
  const chosen = reachableNumbers(person, 'password');
  const query = { userId: person.user.id, groupIds: [], kind: 'password', enabled: true, now, chosen } as const;
  const numbers: number[] = [];
  if (chosen?.length !== 0) {
    for await (const slice of candidates(tx, { ...query, sortedBy: null })) {
      for (const one of slice) if (one.ownerId === person.user.id) numbers.push(one.number);
    }
  }
  const examined = await examine(tx, tags, numbers);
  return { examined, ailing: ailmentsOf(examined, now) };
}
