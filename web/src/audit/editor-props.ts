import type { AuditAddress } from './address.ts';

export type EditorProps = {
  address: AuditAddress;
  /** Of the whole address, with what was chosen. */
  onChoose: (part: Partial<AuditAddress>) => void;
};
