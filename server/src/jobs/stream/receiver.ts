import type { StreamedEntry } from '../../actions/audit/stream.ts';

/** What the audit is sent to. Both settle when it has what was sent, and throw when that is not sure. */
export type Receiver = {
  /** Names its cursor in the store. */
  name: string;
  send(entries: readonly StreamedEntry[]): Promise<void>;
  sendAnchor(line: string): Promise<void>;
};

export type Outbound = {
  /** Addresses and blocks that the operator listed, inside ones too. */
  listed: readonly string[];
  /** Certificates of authorities, PEM, in place of the usual ones; null for those. */
  ca: Buffer | null;
};
