import type { AccessReason } from '@arca/sdk';
import type { useFormats } from '../../text/formats.ts';
import type { useWords } from '../../text/use-words.ts';

type Told = { words: ReturnType<typeof useWords>; formats: ReturnType<typeof useFormats> };

/** One way to an item in words: "group Finance, can edit, until 3 December". */
export function reasonWords(reason: AccessReason, { words, formats }: Told): string {
  if (reason.by === 'owner') return words('items.access.owner');
  const parts = [
    reason.by === 'user' ? words('items.access.user') : groupWords(reason, words),
    words(`items.roles.${reason.role ?? 'viewer'}`).toLocaleLowerCase(formats.locale),
  ];
  if (reason.expiresAt) parts.push(endWords(reason.expiresAt, { words, formats }));
  return parts.join(', ');
}

/** "until 3 December 2026". */
export function endWords(expiresAt: string, { words, formats }: Told): string {
  return words('items.access.until', { date: formats.date(new Date(expiresAt)) });
}

function groupWords({ group }: AccessReason, words: Told['words']): string {
  return group ? words('items.access.group', { group }) : words('items.access.someGroup');
}
