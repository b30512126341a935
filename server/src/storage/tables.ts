import type { Kind } from '../domain/kind.ts';

/**
 * The rows as both engines hold them: times are milliseconds since 1970, flags are 0 or 1, nothing is null but where
 * it says so. Rows are mapped to domain values by the file of their noun and never leave storage/.
 */
export type Tables = {
  migrations: { name: string; applied_at: number };
  safe: {
    id: string;
    created_at: number;
    /** The time of the backup that this store was restored from, until that is recorded; then null again. */
    restored_from: number | null;
    /** With it: 1 when access keys go on working, 0 when they are to be held. */
    restored_keys: number | null;
    /** Counts every change of the safe's keys. */
    keys_revision: number;
  };
  safe_keys: {
    id: string;
    purpose: string;
    /** The highest of a purpose is the current key; 0 is the next one, which is read but not yet written with. */
    rank: number;
    wrapped: Uint8Array;
    public_key: Uint8Array | null;
    /** Null for the keys that the safe began with. */
    created_at: number | null;
    /** Since when another key is written with. */
    replaced_at: number | null;
    /** How many audit entries there were when this key became the current one. */
    entries_before: number;
    /** Of an audit key: the id of the one before, which has signed this one, when, and its signature. */
    linked_by: string | null;
    linked_at: number | null;
    link: Uint8Array | null;
  };
  rotations: {
    id: number;
    what: string;
    /** 1 when contents are encrypted anew, too. */
    reseal: number;
    phase: string;
    /** How far its walk through the tables has come, as JSON: names of rows alone. */
    place: string;
    total: number;
    done: number;
    /** Rows that are not as they were stored, and were left as they are. */
    broken: number;
    started_by: number | null;
    started_at: number;
    finished_at: number | null;
  };
  counters: { name: string; last: number };
  users: {
    id: number;
    username: string;
    role: string;
    disabled_at: number | null;
    tokens_from: number | null;
    profile: Uint8Array;
    created_at: number;
    mac: Uint8Array;
  };
  credentials: {
    user_id: number;
    password_hash: string;
    changed_at: number;
    /** Of a password that somebody else chose; null for a person's own. */
    temporary_until: number | null;
    mac: Uint8Array;
  };
  /** A person's time-based codes; `confirmed_at` is null until he typed a first code. */
  second_factors: {
    user_id: number;
    seed: Uint8Array;
    confirmed_at: number | null;
    /** The newest time step whose code was taken: none is taken twice. */
    last_step: number;
    mac: Uint8Array;
  };
  recovery_codes: { user_id: number; code_hash: Uint8Array; used_at: number | null; mac: Uint8Array };
  sessions: {
    id: string;
    token_hash: Uint8Array;
    user_id: number;
    /** 1 when a second factor was shown. */
    second_factor: number;
    created_at: number;
    used_at: number;
    ends_at: number;
    /** When he last proved to be himself: dangerous acts want it fresh. */
    proven_at: number;
    /** Address and browser, for the list of his sessions. */
    device: Uint8Array;
    /** Of the token before the last proof, and until when that counts: calls were under way with it. */
    previous_hash: Uint8Array | null;
    previous_until: number | null;
    /** 1 when it began by a password that somebody else chose, until that is changed; else null. */
    must_change: number | null;
    mac: Uint8Array;
  };
  /** A device that asks to be let in, until it has its access key. Codes are hashed; `outcome` is `allowed` or `denied`. */
  device_sign_ins: {
    id: string;
    device_code_hash: Uint8Array;
    user_code_hash: Uint8Array;
    /** What it calls itself, where it is, and what it asks for, as JSON. */
    wish: Uint8Array;
    /** It waits so long between two questions; `asked_at` is the last one. */
    interval_seconds: number;
    asked_at: number | null;
    created_at: number;
    ends_at: number;
    decided_by: number | null;
    decided_at: number | null;
    outcome: string | null;
    mac: Uint8Array;
  };
  /** One row: what administrators have settled for all, as JSON. */
  policy: { id: number; revision: number; document: string; changed_at: number; mac: Uint8Array };
  /** What one administrator wishes and a second one must confirm. */
  proposals: {
    id: number;
    /** The action that it asks for. */
    action: string;
    input: Uint8Array;
    proposed_by: number;
    created_at: number;
    ends_at: number;
    decided_by: number | null;
    decided_at: number | null;
    /** `confirmed` or `rejected`, null while it waits. */
    outcome: string | null;
    mac: Uint8Array;
  };
  imports: {
    id: number;
    owner_id: number;
    phase: string;
    /** 1 while the items that it makes, or has made and takes back, are hidden from everybody. */
    unseen: number;
    /** File, counts and how far it has come, as JSON. */
    details: Uint8Array;
    created_at: number;
    ended_at: number | null;
    mac: Uint8Array;
  };
  /** What an import is to do with each record of its file, and what it did: kept for a day. */
  import_rows: { import_id: number; place: number; verdict: string; outcome: string | null; row: Uint8Array };
  /** What became of a request that carried an idempotency key: ids alone, sealed, kept for a day. */
  repeats: { scope: string; key_hash: Uint8Array; outcome: Uint8Array; created_at: number };
  groups: {
    id: number;
    name: string;
    name_key: string;
    owner_id: number | null;
    description: Uint8Array;
    members_visible: number;
    disabled_at: number | null;
    created_at: number;
    mac: Uint8Array;
  };
  group_members: { group_id: number; user_id: number; added_at: number; mac: Uint8Array };
  items: {
    kind: Kind;
    number: number;
    owner_id: number;
    version: number;
    revision: number;
    disabled_at: number | null;
    justification_required: number;
    approval_required: number;
    created_at: number;
    updated_at: number;
    /** The import that made it, which hides it while it is unseen. */
    import_id: number | null;
    mac: Uint8Array;
  };
  item_versions: {
    kind: Kind;
    number: number;
    version: number;
    key_id: string;
    wrapped_key: Uint8Array;
    open: Uint8Array;
    secret: Uint8Array;
    created_by: number;
    created_at: number;
  };
  /** Of passwords; counts for that version alone. */
  password_strengths: { number: number; version: number; strength: Uint8Array };
  /** Content on its way: whose, how long and of what name is in the document. `reserved` counts against quotas. */
  uploads: { id: string; user_id: number; reserved: number; document: Uint8Array; used_at: number; created_at: number };
  /** The parts that have come, with the keys of their blobs. */
  upload_parts: { upload_id: string; start: number; blob: string; document: Uint8Array };
  /**
   * Every blob that was ever begun, from before its first byte is written. Of an upload until an item takes it (`kept_at`);
   * what none takes is doomed, and gone an hour later.
   */
  blobs: {
    id: string;
    user_id: number;
    upload_id: string | null;
    /** Where it is stored, as whole. */
    bytes: number;
    created_at: number;
    kept_at: number | null;
    doomed_at: number | null;
  };
  /** Blind indexes of the current version's open fields. */
  item_index: { kind: Kind; number: number; field: string; tag: Uint8Array };
  item_use: { kind: Kind; number: number; used_at: number };
  shares: {
    kind: Kind;
    number: number;
    subject: 'user' | 'group';
    subject_id: number;
    role: string;
    expires_at: number | null;
    created_by: number;
    created_at: number;
    mac: Uint8Array;
  };
  access_keys: {
    id: number;
    client_id: string;
    owner_id: number;
    encryption: string;
    public_key: Uint8Array | null;
    limits: Uint8Array;
    private: Uint8Array;
    expires_at: number | null;
    revoked_at: number | null;
    /** Set by a restore, until its owner or the operator confirms the key. */
    held_at: number | null;
    created_at: number;
    mac: Uint8Array;
  };
  key_use: { key_id: number; used_at: number; uses: number; address: Uint8Array };
  audit_lanes: {
    lane: string;
    opened_at: number;
    closed_at: number | null;
    sequence: number;
    hash: Uint8Array;
    signed_at: number;
    key_id: string;
    signature: Uint8Array;
    /** Entries up to this one are in archives; 0 when none is. */
    begins_after: number;
    /** With it: the signed place, as JSON; see crypto/audit-place.ts. */
    begin: string | null;
  };
  audit_archives: {
    number: number;
    /** It holds entries from before this time. */
    before: number;
    begun_at: number;
    /** When its entries began to leave the store; null while it is written. */
    ended_at: number | null;
    removed_at: number | null;
    /** How far into each lane it goes, as JSON: signed places. */
    places: string;
    entries: number;
    /** The signed end of its file, as JSON; null while it is written. */
    seal: string | null;
  };
  /** Who sends to a receiver of the audit, and until when others leave it to him. */
  audit_streams: { stream: string; holder: string; held_until: number };
  audit_cursors: { stream: string; lane: string; sequence: number };
  audit_entries: {
    lane: string;
    sequence: number;
    at: number;
    event: string;
    user_id: number | null;
    access_key_id: number | null;
    target: string | null;
    request_id: string;
    details: Uint8Array | null;
    /** What became of the rows that the act changed; see changed-rows.ts. */
    changed_rows: string | null;
    /** How long other lanes were; see domain/audit-lanes.ts. */
    lanes_told: string | null;
    hash: Uint8Array;
  };
};

export type Value = string | number | null | Uint8Array;

/**
 * Columns that a row's MAC covers, in order, all but the MAC itself: every row that grants authority. A column that is
 * added to a table above and forgotten here does not compile: rows are signed by these columns alone.
 */
export const authorityColumns = {
  users: ['id', 'username', 'role', 'disabled_at', 'tokens_from', 'profile', 'created_at'],
  credentials: ['user_id', 'password_hash', 'changed_at', 'temporary_until'],
  second_factors: ['user_id', 'seed', 'confirmed_at', 'last_step'],
  recovery_codes: ['user_id', 'code_hash', 'used_at'],
  sessions: [
    'id',
    'token_hash',
    'user_id',
    'second_factor',
    'created_at',
    'used_at',
    'ends_at',
    'proven_at',
    'device',
    'previous_hash',
    'previous_until',
    'must_change',
  ],
  device_sign_ins: [
    'id',
    'device_code_hash',
    'user_code_hash',
    'wish',
    'interval_seconds',
    'asked_at',
    'created_at',
    'ends_at',
    'decided_by',
    'decided_at',
    'outcome',
  ],
  policy: ['id', 'revision', 'document', 'changed_at'],
  proposals: ['id', 'action', 'input', 'proposed_by', 'created_at', 'ends_at', 'decided_by', 'decided_at', 'outcome'],
  groups: ['id', 'name', 'name_key', 'owner_id', 'description', 'members_visible', 'disabled_at', 'created_at'],
  group_members: ['group_id', 'user_id', 'added_at'],
  items: [
    'kind',
    'number',
    'owner_id',
    'version',
    'revision',
    'disabled_at',
    'justification_required',
    'approval_required',
    'created_at',
    'updated_at',
    'import_id',
  ],
  imports: ['id', 'owner_id', 'phase', 'unseen', 'details', 'created_at', 'ended_at'],
  shares: ['kind', 'number', 'subject', 'subject_id', 'role', 'expires_at', 'created_by', 'created_at'],
  access_keys: [
    'id',
    'client_id',
    'owner_id',
    'encryption',
    'public_key',
    'limits',
    'private',
    'expires_at',
    'revoked_at',
    'held_at',
    'created_at',
  ],
} as const satisfies { [T in keyof Tables]?: readonly (keyof Tables[T])[] };

export type AuthorityTable = keyof typeof authorityColumns;

/** Last columns that came later: not covered while they and all behind them are null, so that rows from before keep their MAC. */
export const lateColumns: Readonly<Partial<Record<AuthorityTable, readonly string[]>>> = {
  credentials: ['temporary_until'],
  sessions: ['previous_hash', 'previous_until', 'must_change'],
  items: ['import_id'],
};
