import { arca } from '../api/arca.ts';
import type { Option } from '../ui/option.tsx';

const most = 20;

/** Enabled users for a combobox, by words of their username or name. */
export async function findUsers(typed: string, signal: AbortSignal): Promise<Option[]> {
  const { users } = await arca.users.list({ q: typed, limit: most }, { signal });
  return users.map(({ username, name }) => ({ id: username, label: username, note: name === '' ? undefined : name }));
}

/** Enabled user groups, by name. */
export async function findUserGroups(typed: string, signal: AbortSignal): Promise<Option[]> {
  const { groups } = await arca.userGroups.list({ q: typed, limit: most }, { signal });
  return groups.map(({ name, description }) => ({
    id: name,
    label: name,
    note: description === '' ? undefined : description,
  }));
}
