import type { KdbxEntry, KdbxEntryField, KdbxGroup } from 'kdbxweb';

export type FieldReader = (value: KdbxEntryField | undefined) => string;

const reference = /\{REF:([TUPA])@I:([0-9A-F]{32})\}/gi;
const names: Readonly<Record<string, string>> = { T: 'Title', U: 'UserName', P: 'Password', A: 'URL' };
/** Of one field: a text that grew with each would have no end. */
const mostReferences = 50;

/**
 * The text of a field. `{REF:P@I:...}`, by which KeePass has a field of another entry here too, becomes what stands there;
 * what refers to nothing, or on to another one, stays as it is.
 */
export function fieldReader(groups: readonly KdbxGroup[]): FieldReader {
  const entries = new Map<string, KdbxEntry>();
  const walk = (group: KdbxGroup): void => {
    for (const entry of group.entries) entries.set(Buffer.from(entry.uuid.id, 'base64').toString('hex'), entry);
    for (const one of group.groups) walk(one);
  };
  for (const group of groups) walk(group);
  return (value) => {
    let count = 0;
    return plainOf(value).replaceAll(reference, (whole, field: string, id: string) => {
      count += 1;
      const entry = count > mostReferences ? undefined : entries.get(id.toLowerCase());
      return entry === undefined ? whole : plainOf(entry.fields.get(names[field.toUpperCase()] ?? ''));
    });
  };
}

export function plainOf(value: KdbxEntryField | undefined): string {
  return value === undefined ? '' : typeof value === 'string' ? value : value.getText();
}
