import { useWords } from '../../text/use-words.ts';
import { Link } from '../../ui/link.tsx';

const named = {
  access: 'accessKeys.fields.access',
  reach: 'accessKeys.fields.reach',
  addresses: 'accessKeys.fields.addresses',
  fingerprint: 'accessKeys.fields.fingerprint',
  referers: 'accessKeys.fields.referers',
  period: 'accessKeys.fields.period',
} as const;

export type Changeable = keyof typeof named;

/** The way to the field of the form where this is changed. */
export function ChangeLink({ id, at }: { id: number; at: Changeable }) {
  const words = useWords();
  return (
    <Link
      href={`/access-keys/${id}/change?at=${at}`}
      aria-label={words('accessKeys.page.changePart', { part: words(named[at]) })}
    >
      {words('accessKeys.acts.change')}
    </Link>
  );
}
