import type { Compilable, Kysely } from 'kysely';
import type { Connection, Engine } from './connection.ts';
import { first } from './migrations/0001-first.ts';
import { auditTrust } from './migrations/0002-audit-trust.ts';
import { auditStreams } from './migrations/0003-audit-streams.ts';
import { rotations } from './migrations/0004-rotations.ts';
import { auditArchives } from './migrations/0005-audit-archives.ts';
import { imports } from './migrations/0006-imports.ts';
import { files } from './migrations/0007-files.ts';
import { deviceSignIns } from './migrations/0008-device-sign-ins.ts';
import { counted } from './migrations/0009-counted.ts';
import { lanesTold } from './migrations/0010-lanes-told.ts';
import { sessionTokens } from './migrations/0011-session-tokens.ts';
import { firstPasswords } from './migrations/0012-first-passwords.ts';
import { pieces } from './migrations/0013-pieces.ts';
import { builders, statement } from './statement.ts';
import type { Tables, Value } from './tables.ts';

type Migration = { name: string; steps(db: Kysely<Tables>, engine: Engine): Compilable[] };

const migrations: readonly Migration[] = [
  { name: '0001-first', steps: first },
  { name: '0002-audit-trust', steps: auditTrust },
  { name: '0003-audit-streams', steps: auditStreams },
  { name: '0004-rotations', steps: rotations },
  { name: '0005-audit-archives', steps: auditArchives },
  { name: '0006-imports', steps: imports },
  { name: '0007-files', steps: files },
  { name: '0008-device-sign-ins', steps: deviceSignIns },
  { name: '0009-counted', steps: counted },
  { name: '0010-lanes-told', steps: lanesTold },
  { name: '0011-session-tokens', steps: sessionTokens },
  { name: '0012-first-passwords', steps: firstPasswords },
  { name: '0013-pieces', steps: pieces },
];

// Any number that other programs on the same database are unlikely to lock.
const migrationLock = 7_717_001;

export const migrationNames: readonly string[] = migrations.map(({ name }) => name);

/** A newer Arca has made the schema what it is: this one does not know what may not be done to it. */
export class SchemaTooNew extends Error {
  override name = 'SchemaTooNew';
  readonly migration: string;

  constructor(migration: string) {
    super(`the schema has ${migration}, which this Arca does not know`);
    this.migration = migration;
  }
}

/**
 * Brings the schema up to date, in the caller's transaction; with several nodes one does it while the others wait. With
 * `only`, to what these migrations make of it. Throws SchemaTooNew, having changed nothing.
 */
export async function migrate(on: Connection, now: number, only = migrationNames): Promise<void> {
  if (on.engine === 'postgres') await on.all('select pg_advisory_xact_lock($1)', [migrationLock]);
  await on.exec('create table if not exists migrations (name text primary key, applied_at bigint not null)');
  const applied = new Set(await appliedMigrations(on));
  const unknown = [...applied].find((name) => !migrationNames.includes(name));
  if (unknown !== undefined) throw new SchemaTooNew(unknown);
  for (const migration of migrations.filter(({ name }) => only.includes(name) && !applied.has(name))) {
    for (const step of migration.steps(builders[on.engine], on.engine)) {
      const { sql, parameters } = step.compile();
      await on.run(sql, parameters as Value[]);
    }
    await markApplied.run(on, { name: migration.name, now });
  }
}

/** The migrations that made the schema what it is, oldest first. */
export async function appliedMigrations(on: Connection): Promise<string[]> {
  return (await appliedNames.all(on, {})).map((row) => row.name);
}

const appliedNames = statement((db) => db.selectFrom('migrations').select('name').orderBy('name'));

const markApplied = statement((db, p: { name: string; now: number }) =>
  db.insertInto('migrations').values({ name: p.name, applied_at: p.now }),
);
