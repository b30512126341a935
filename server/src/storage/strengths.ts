import { openColumn, sealColumn } from '../crypto/row-seal.ts';
import type { Strength } from '../domain/strength.ts';
import { isSeen } from './seen-items.ts';
import { builders, numbersIn, runQuery, statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

// How strong a password is tells a thief where to begin: sealed, and bound to the version that was judged.
const place = (number: number, version: number) => ({
  table: 'password_strengths',
  row: `${number}:${version}`,
  column: 'strength',
});

/** One look goes over so many, in a millisecond or two: over all of them it took a tenth of a second of 100,000. */
const lookedAtOnce = 2000;

/**
 * Numbers of passwords after that one whose current version was not judged yet, in order and at most so many, and after
 * which number to look on: null at the end.
 */
export async function unjudgedPasswords(
  tx: ReadTx,
  after: number,
  most: number,
): Promise<{ numbers: number[]; next: number | null }> {
  const rows = await passwordsAfter.all(tx.on, { after, most: lookedAtOnce });
  const numbers = rows
    .filter((row) => row.judged === null)
    .slice(0, most)
    .map((row) => row.number);
  const last = rows.length < lookedAtOnce ? null : (rows.at(-1)?.number ?? null);
  return { numbers, next: numbers.length < most ? last : (numbers.at(-1) ?? last) };
}

export async function saveStrength(tx: Tx, number: number, version: number, strength: Strength): Promise<void> {
  const sealed = sealColumn(tx.ring, place(number, version), strength);
  await upsert.run(await tx.writing(), { number, version, strength: sealed });
}

/** What was judged of some passwords; one whose current version was not is not in it. */
export async function strengthsOf(
  tx: ReadTx,
  passwords: readonly { number: number; version: number }[],
): Promise<Map<number, Strength>> {
  if (passwords.length === 0) return new Map();
  const versions = new Map(passwords.map(({ number, version }) => [number, version]));
  const query = builders[tx.on.engine]
    .selectFrom('password_strengths')
    .selectAll()
    .where('number', 'in', numbersIn(JSON.stringify([...versions.keys()]), tx.on.engine));
  const rows = await runQuery(tx.on, query.compile());
  return new Map(
    rows.filter((row) => versions.get(row.number) === row.version).map((row) => [row.number, opened(tx, row)]),
  );
}

function opened(tx: ReadTx, { number, version, strength }: Tables['password_strengths']): Strength {
  return openColumn(tx.ring, place(number, version), strength) as Strength;
}

const passwordsAfter = statement((db, p: { after: number; most: number }) =>
  db
    .selectFrom('items')
    .leftJoin('password_strengths', (join) =>
      join
        .onRef('password_strengths.number', '=', 'items.number')
        .onRef('password_strengths.version', '=', 'items.version'),
    )
    .select(['items.number', 'password_strengths.number as judged'])
    .where('items.kind', '=', 'password')
    .where('items.number', '>', p.after)
    .where(isSeen)
    .orderBy('items.number')
    .limit(p.most),
);

const upsert = statement((db, p: Tables['password_strengths']) =>
  db
    .insertInto('password_strengths')
    .values({ number: p.number, version: p.version, strength: p.strength })
    .onConflict((conflict) => conflict.column('number').doUpdateSet({ version: p.version, strength: p.strength })),
);
