import type { Item } from '@arca/sdk';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../../session/use-session.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { reasonWords } from '../sharing/access-words.ts';
import { accessOf } from '../sharing/share-queries.ts';

/** Why this person sees the item: "You can see this because: group Finance, can edit, until 3 December". */
export function useWhyAccess(item: Item): string | undefined {
  const words = useWords();
  const formats = useFormats();
  const { user } = useSession();
  const isOwner = item.role === 'owner';
  const { data } = useQuery({ ...accessOf(item), enabled: !isOwner });
  if (isOwner) {
    if (item.sharedWith === 0) return words('items.why.alone');
    return words('items.why.owner', { count: item.sharedWith });
  }
  const mine = data?.users.find(({ username }) => username === user.username);
  if (mine === undefined) return undefined;
  const reasons = mine.reasons.map((reason) => reasonWords(reason, { words, formats })).join('; ');
  return words('items.why.shared', { reasons });
}
