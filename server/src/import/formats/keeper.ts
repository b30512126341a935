import type { ReadRecord } from '../../domain/import.ts';
import type { TableRow } from '../csv-table.ts';
import { FileProblem } from '../file-problem.ts';
import { jsonOf, listOf, plain, recordOf, saying } from '../file-text.ts';

// Keeper's exports carry a seed as a custom field of one of these names.
const totpName = /^(\$oneTimeCode.*|TFC:Keeper|totp)$/i;

/** Keeper's CSV has no heading: folder, title, login, password, address, notes, shared folder, then pairs of custom fields. */
export function readKeeperCsv(rows: readonly TableRow[]): ReadRecord[] {
  return rows.map(({ line, cells }) => {
    const [folder = '', name = '', username = '', password = '', url = '', notes = '', shared = ''] = cells;
    const pairs: [string, string][] = [];
    for (let at = 7; at < cells.length; at += 2) pairs.push([cells[at] ?? '', cells[at + 1] ?? '']);
    return { line, ...recordWith({ name, username, password, url, notes }, [folder, shared], pairs) };
  });
}

export function readKeeperJson(bytes: Uint8Array): ReadRecord[] {
  const { records } = recordOf(jsonOf(bytes));
  if (!Array.isArray(records)) throw new FileProblem('is no export of Keeper: it has no records');
  return records.map((value, at) => {
    const {
      title,
      login,
      password,
      login_url,
      notes,
      custom_fields,
      folders,
      $type,
      uid: _,
      ...others
    } = recordOf(value);
    const places = listOf(folders).flatMap((one) => {
      const { folder, shared_folder } = recordOf(one);
      return [plain(folder), plain(shared_folder)];
    });
    const custom = Object.entries(recordOf(custom_fields)).map(([label, one]) => [label, plain(one)] as const);
    const type = plain($type);
    const unknown = [...Object.entries(others), ['Type', type === 'login' ? '' : type] as const];
    const fields = {
      ...{ name: plain(title), username: plain(login), password: plain(password), url: plain(login_url) },
      notes: plain(notes),
    };
    return { line: at + 1, ...recordWith(fields, places, [...custom, ...saying(unknown)]) };
  });
}

function recordWith(
  fields: Readonly<Record<'name' | 'username' | 'password' | 'url' | 'notes', string>>,
  folders: readonly string[],
  pairs: readonly (readonly [string, string])[],
): Omit<ReadRecord, 'line'> {
  const seed = pairs.find(([label, value]) => totpName.test(label) && value !== '');
  const tags = folders.map((folder) => folder.replaceAll('\\', '/'));
  const extra = saying(pairs.filter((pair) => pair !== seed).map(([label, value]) => [labelOf(label), value] as const));
  return { kind: 'password', fields: { ...fields, tags, totp: seed?.[1] ?? '' }, extra, left: [] };
}

/** Of `$text:Branch:1` a person typed the middle alone. */
function labelOf(label: string): string {
  if (!label.startsWith('$')) return label === '' ? 'Field' : label;
  const [type = '', name = ''] = label.slice(1).split(':');
  return name === '' || /^\d+$/.test(name) ? type : name;
}
