import { attachedTo, type ReadRecord } from '../../domain/import.ts';

/** Files of one import together. One attachment may be told of many times: this is counted each time. */
export const mostFileBytes = 32 * 1024 * 1024;

const beyond = 'beyond 32 MiB of files in one import';

/** An entry that files are attached to: they have its tags, and their notes tell of it. */
type Holder = { line: number; name: string; tags: readonly string[] };

/** Makes files of their own of attachments, as long as there is room for them. */
export type Attachments = {
  /** Of a record that is a file itself: its content, or that there is no room for it. */
  content(fileName: string, mediaType: string, bytes: Uint8Array): Pick<ReadRecord, 'file' | 'refused'>;
  /** A file, or what is told of it as left. */
  of(holder: Holder, fileName: string, bytes: Uint8Array): ReadRecord | string;
};

export function startAttachments(): Attachments {
  let used = 0;
  const take = (bytes: Uint8Array) => {
    if (used + bytes.length > mostFileBytes) return null;
    used += bytes.length;
    // With a buffer of its own: what goes to another thread goes with all of its buffer.
    return new Uint8Array(bytes);
  };
  return {
    content(fileName, mediaType, bytes) {
      const taken = take(bytes);
      return taken === null ? { refused: `is ${beyond}` } : { file: { bytes: taken, fileName, mediaType } };
    },
    of({ line, name, tags }, fileName, bytes) {
      const taken = take(bytes);
      if (taken === null) return `attachment ${fileName}, ${beyond}`;
      const fields = { name: fileName, tags, notes: name === '' ? '' : `${attachedTo}${name}` };
      return { line, kind: 'file', fields, extra: [], left: [], file: { bytes: taken, fileName, mediaType: '' } };
    },
  };
}

/** The record of an entry, told what of its attachments is left, and behind it those that are files of their own. */
export function withAttachments(record: ReadRecord, attached: readonly (ReadRecord | string)[]): ReadRecord[] {
  const left = attached.filter((one) => typeof one === 'string');
  const files = attached.filter((one) => typeof one !== 'string');
  return [{ ...record, left: [...record.left, ...left] }, ...files];
}
