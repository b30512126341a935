import type { Option } from '../ui/option.tsx';
import { arca } from './arca.ts';

/** For a combobox: the users that fit what was typed, disabled ones too; their ids are usernames. */
export async function findPeople(typed: string, signal: AbortSignal): Promise<Option[]> {
  const q = typed.trim();
  const { users } = await arca.users.list({ state: 'all', limit: 20, ...(q === '' ? {} : { q }) }, { signal });
  return users.map(({ username, name }) => ({ id: username, label: username, note: name }));
}
