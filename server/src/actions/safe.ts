import type { Logger } from 'pino';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Keyring, TokenKeyBits } from '../crypto/keyring.ts';
import type { LiveKeyring } from '../crypto/live-keyring.ts';
import type { Origin } from '../domain/access-key.ts';
import type { FieldValues } from '../domain/fields.ts';
import type { FileFormat, ReadRecord, Receipt } from '../domain/import.ts';
import type { Kind } from '../domain/kind.ts';
import type { Strength } from '../domain/strength.ts';
import type { FileLimits } from '../domain/upload.ts';
import type { Store } from '../storage/store.ts';
import type { Tallies } from './figures/tallies.ts';
import type { ImportWish } from './imports/import-wish.ts';
import type { OpenCache } from './items/open-cache.ts';
import type { PasswordChanges } from './items/password-changes.ts';
import type { PasswordTags } from './items/password-tags.ts';
import type { SearchWish } from './items/search-wish.ts';
import type { RefusalTally } from './refusal-tally.ts';
import type { RotationWish } from './safe-keys/rotation-wish.ts';
import type { KnownSessions } from './sessions/known-sessions.ts';
import type { SetUpLink } from './set-up-link.ts';
import type { Surveys } from './statistics/surveys.ts';
import type { SigningLine } from './tokens/signing-line.ts';
import type { UseTally } from './use-tally.ts';

/** One opened safe: nothing of it is global, so a process can hold several. */
export type Safe = {
  readonly store: Store;
  /** Where the sealed bytes of files are. */
  readonly blobs: BlobStore;
  readonly fileLimits: FileLimits;
  readonly ring: Keyring;
  readonly keys: LiveKeyring;
  readonly log: Logger;
  readonly clock: () => Date;
  readonly uses: UseTally;
  readonly refusals: RefusalTally;
  readonly knownSessions: KnownSessions;
  readonly signings: SigningLine;
  readonly openCache: OpenCache;
  readonly searchWish: SearchWish;
  /** What is counted for the metrics alone. */
  readonly tallies: Tallies;
  /** How strong a password is, judged in a thread of its own. */
  readonly judge: (password: string) => Promise<Strength>;
  /** Whether a password is in the list of breached ones that the operator named; never where there is none. */
  readonly isBreached: (password: string) => Promise<boolean>;
  readonly passwords: PasswordChanges;
  readonly passwordTags: PasswordTags;
  readonly surveys: Surveys;
  readonly setUpLink: SetUpLink;
  /** The settings that hold no secret, by their names, for a backup. */
  /** Reads files of other products and writes exports, in threads without keys. */
  readonly files: FileWork;
  readonly importWish: ImportWish;
  /** Fetches what another MySafe holds, over its own wire. */
  readonly readMySafe: (source: MySafeSource) => Promise<{ records: ReadRecord[]; receipt: Receipt }>;
  readonly plainSettings: Readonly<Record<string, string>>;
  readonly anchors: AnchorFile;
  readonly rotationWish: RotationWish;
  /** Life of a token in seconds, at the most. */
  readonly tokenSeconds: number;
  /** Size of the RSA key of an access key that asks for encryption. */
  readonly answerKeyBits: 4096 | 8192;
  readonly tokenKeyBits: TokenKeyBits;
};

/** An item as an export holds it; `bytes` are those of a file, whose `content` is null. */
export type ExportedItem = { kind: Kind; number: number; content: FieldValues; bytes: Uint8Array | null };
type WishedFile =
  | { file: 'template' }
  | { file: 'csv'; items: readonly ExportedItem[] }
  | { file: 'json'; items: readonly ExportedItem[]; passphrase: string | null }
  | { file: 'kdbx'; items: readonly ExportedItem[]; passphrase: string };
/** Both throw an Error named FileProblem, whose message is for whoever sent the file. */
type FileWork = {
  read(file: {
    bytes: Uint8Array;
    format: FileFormat | null;
    passphrase: string;
  }): Promise<{ format: FileFormat; records: ReadRecord[] }>;
  write(wished: WishedFile): Promise<Uint8Array>;
};
/** Where another MySafe answers, and the access key that opens it. */
export type MySafeSource = { url: string; clientId: string; clientSecret: string };

/** The anchors of the audit that this safe wrote outside its store, one a line. */
export type AnchorFile = { append(line: string): Promise<void>; lines(): AsyncIterable<string> };

/** Who says to be calling, before any state was looked at. */
export type Credential =
  | { kind: 'none' }
  | { kind: 'unreadable' }
  | { kind: 'token'; clientId: string; issuedAt: Date }
  | { kind: 'session'; tokenHash: Uint8Array }
  | { kind: 'operator'; name: string };

/** One call of an action. Time comes from `safe.clock`, so that tests can set it. */
export type Context = {
  readonly safe: Safe;
  readonly credential: Credential;
  readonly origin: Origin;
  /** The reason that the caller gives for a reveal, or null. */
  readonly justification: string | null;
  readonly requestId: string;
  /** Set when the caller may send this very request again and wants it done once; null when not. */
  readonly repeat: Repeatable | null;
};

/** An idempotency key as the caller chose it, and a digest of all that the request says. */
export type Repeatable = { readonly key: string; readonly request: string };
