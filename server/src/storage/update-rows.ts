import type { Connection, Row } from './connection.ts';
import type { Tables, Value } from './tables.ts';

/** New values of one row, stored only if its column `compare` still has the value `was`. */
export type RowChange = { key: Row; was: Uint8Array; set: Row };

/**
 * Stores many changes of one shape, each by comparing and swapping: one statement on PostgreSQL; on the embedded store a
 * prepared one each is fastest. Names of tables and columns must be our own.
 */
export async function updateRows(
  on: Connection,
  table: keyof Tables,
  compare: string,
  changes: readonly RowChange[],
): Promise<void> {
  const [first] = changes;
  if (!first) return;
  const keys = Object.keys(first.key);
  const columns = Object.keys(first.set);
  if (on.engine === 'sqlite') {
    const sets = columns.map((name) => `"${name}" = ?`).join(', ');
    const wheres = [...keys, compare].map((name) => `"${name}" = ?`).join(' and ');
    const text = `update "${table}" set ${sets} where ${wheres}`;
    for (const { key, was, set } of changes) {
      await on.run(text, [
        ...columns.map((name) => set[name] as Value),
        ...keys.map((name) => key[name] as Value),
        was,
      ]);
    }
    return;
  }
  const value = (name: string, sample: Value | undefined) =>
    sample instanceof Uint8Array ? `decode(changed."${name}", 'base64')` : `changed."${name}"`;
  const fields = [
    ...keys.map((name) => `"key ${name}" ${typeOf(first.key[name])}`),
    ...columns.map((name) => `"set ${name}" ${typeOf(first.set[name])}`),
    'was text',
  ];
  const sets = columns.map((name) => `"${name}" = ${value(`set ${name}`, first.set[name])}`);
  const wheres = keys.map((name) => `stored."${name}" = ${value(`key ${name}`, first.key[name])}`);
  const text = `update "${table}" as stored set ${sets.join(', ')}
    from json_to_recordset(cast($1 as json)) as changed(${fields.join(', ')})
    where ${wheres.join(' and ')} and stored."${compare}" = decode(changed.was, 'base64')`;
  await on.run(text, [JSON.stringify(changes.map(recordOf))]);
}

function recordOf({ key, was, set }: RowChange): Record<string, unknown> {
  const record: Record<string, unknown> = { was: base64(was) };
  for (const [name, value] of Object.entries(key)) record[`key ${name}`] = plain(value);
  for (const [name, value] of Object.entries(set)) record[`set ${name}`] = plain(value);
  return record;
}

function typeOf(sample: Value | undefined): string {
  return typeof sample === 'number' ? 'bigint' : 'text';
}

function plain(value: Value): unknown {
  return value instanceof Uint8Array ? base64(value) : value;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
