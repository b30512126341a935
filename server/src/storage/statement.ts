import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';
import type { Connection, Engine, MaybePromise } from './connection.ts';
import type { Tables, Value } from './tables.ts';

/** Kysely writes the SQL of both engines; our own connections run it, so that a prepared statement costs one look-up. */
export const builders: { readonly [E in Engine]: Kysely<Tables> } = {
  sqlite: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  postgres: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
};

type Parameters = Readonly<Record<string, Value>>;
type Build<P, R> = (db: Kysely<Tables>, parameters: P, engine: Engine) => Compilable<R>;
type Compiled = { sql: string; slots: readonly Slot[] };

/** Stands for a parameter's value while a statement is compiled. */
class Slot {
  readonly name: string | null;
  readonly value: Value;

  constructor(name: string | null, value: Value) {
    this.name = name;
    this.value = value;
  }
}

/** A query that is compiled once for each engine and then run with named parameters. */
export type Statement<P, R> = {
  all(on: Connection, parameters: P): MaybePromise<R[]>;
  first(on: Connection, parameters: P): MaybePromise<R | undefined>;
  run(on: Connection, parameters: P): MaybePromise<void>;
};

/** `build` may only hand its parameters on as values: it runs once, before any value is known. */
export function statement<P extends Parameters, R>(build: Build<P, R>): Statement<P, R> {
  const compiled: Partial<Record<Engine, Compiled>> = {};
  const on = (engine: Engine): Compiled => {
    compiled[engine] ??= compile(build, engine);
    return compiled[engine];
  };
  return {
    all(connection, parameters) {
      const { sql, slots } = on(connection.engine);
      return connection.all(sql, fill(slots, parameters)) as MaybePromise<R[]>;
    },
    first(connection, parameters) {
      const { sql, slots } = on(connection.engine);
      return connection.first(sql, fill(slots, parameters)) as MaybePromise<R | undefined>;
    },
    run(connection, parameters) {
      const { sql, slots } = on(connection.engine);
      return connection.run(sql, fill(slots, parameters));
    },
  };
}

function compile<P, R>(build: Build<P, R>, engine: Engine): Compiled {
  const slotFor = new Proxy({}, { get: (_, name) => new Slot(String(name), null) }) as P;
  const query = build(builders[engine], slotFor, engine).compile();
  const slots = query.parameters.map((value) => (value instanceof Slot ? value : new Slot(null, value as Value)));
  return { sql: query.sql, slots };
}

function fill(slots: readonly Slot[], parameters: Parameters): Value[] {
  const values = new Array<Value>(slots.length);
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] as Slot;
    values[at] = slot.name === null ? slot.value : (parameters[slot.name] as Value);
  }
  return values;
}

/** The numbers of a JSON array, for `in`: a list of any length as one parameter. */
export function numbersIn(array: string, engine: Engine): RawBuilder<number> {
  return engine === 'sqlite'
    ? sql<number>`(select value from json_each(${array}))`
    : sql<number>`(select cast(value as bigint) from json_array_elements_text(cast(${array} as json)))`;
}

/** Runs a query whose shape depends on its input, such as one with lists. */
export function runQuery<R>(on: Connection, query: CompiledQuery<R>): MaybePromise<R[]> {
  return on.all(query.sql, query.parameters as Value[]) as MaybePromise<R[]>;
}
