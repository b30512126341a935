import { createCipheriv, createDecipheriv, generateKeyPairSync, hash, randomBytes, sign } from 'node:crypto';
import { fdatasync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

// Of an entry's size and trees as the safe stores them: its own, its key's, by time and event, and two by pieces of a lane.
const entryTables = `
  create table entries (lane text not null, sequence bigint not null, at bigint not null, event text not null,
    user_id bigint, key_id bigint, target text, request_id text not null, details blob, hash blob not null,
    primary key (lane, sequence));
  create index by_time on entries (at);
  create index by_event on entries (event, at);
  create index by_user on entries (lane, (sequence / 1024), user_id);
  create index by_target on entries (lane, (sequence / 1024), target);
  create table heads (lane text primary key, sequence bigint not null, hash blob not null, signature blob not null)`;

const nonceBytes = 12;
const tagBytes = 16;

export type LeastStore = {
  database: DatabaseSync;
  /** Runs an action in the next batch and gives what it gave, once that is on the disk. */
  run<T>(action: () => T): Promise<T>;
  /** Puts an entry into the batch that runs: sealed details, to be hashed and stored before its commit. */
  record(event: string, target: string, requestId: string, details: object): void;
  close(): void;
};

/** Group commit and a hashed and signed audit trail, with nothing that looks at what it is given. */
export function openLeastStore(path: string): LeastStore {
  const database = new DatabaseSync(path);
  database.exec(`pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -16000; ${entryTables}`);
  const wal = openSync(`${path}-wal`, 'r+');
  const lane = randomBytes(8).toString('hex');
  const sealing = randomBytes(32);
  const { privateKey: signing } = generateKeyPairSync('ed25519');
  const insert = database.prepare('insert into entries values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const head = database.prepare('insert or replace into heads values (?, ?, ?, ?)');
  let sequence = 0;
  let last: Uint8Array = new Uint8Array(32);
  let entries: Entry[] = [];
  let waiting: Waiting[] = [];
  let isRunning = false;

  function flush(): void {
    const at = Date.now();
    for (const { event, target, requestId, details } of entries) {
      sequence += 1;
      const row = { at, details: details.toString('base64'), event, lane, requestId, sequence, target };
      last = hash('sha256', Buffer.concat([last, Buffer.from(JSON.stringify(row))]), 'buffer');
      insert.run(lane, sequence, at, event, 1, 1, target, requestId, details, last);
    }
    entries = [];
    head.run(lane, sequence, last, sign(null, Buffer.concat([Buffer.from(`${lane} ${sequence} `), last]), signing));
  }

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      await new Promise<void>((resume) => setImmediate(resume));
      const batch = waiting;
      waiting = [];
      database.exec('begin immediate');
      for (const one of batch) one.value = one.action();
      flush();
      database.exec('commit');
      await new Promise<void>((done, fail) => fdatasync(wal, (error) => (error ? fail(error) : done())));
      for (const { value, resolve } of batch) resolve(value);
    }
    isRunning = false;
  }

  return {
    database,
    run<T>(action: () => T) {
      return new Promise<T>((resolve) => {
        waiting.push({ action, value: undefined, resolve: resolve as (value: unknown) => void });
        if (isRunning) return;
        isRunning = true;
        // What a batch cannot do ends this program: nobody would know of what was in it.
        void work();
      });
    },
    record(event, target, requestId, details) {
      entries.push({ event, target, requestId, details: sealed(sealing, JSON.stringify(details)) });
    },
    close: () => database.close(),
  };
}

type Entry = { event: string; target: string; requestId: string; details: Buffer };
type Waiting = { action: () => unknown; value: unknown; resolve: (value: unknown) => void };

/** AES-256-GCM: nonce, ciphertext, tag. */
export function sealed(key: Uint8Array, plain: string | Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

export function opened(key: Uint8Array, bytes: Uint8Array): string {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  const plain = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
  decipher.final();
  return plain.toString();
}

/** A statement whose rows come as arrays, which node makes faster than objects. */
export function prepared(database: DatabaseSync, sql: string): StatementSync {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
}
