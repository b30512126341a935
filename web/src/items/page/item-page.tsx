import { isProblem } from '@arca/sdk';
import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { ProblemPage } from '../../api/problem-page.tsx';
import { useWords } from '../../text/use-words.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SkeletonPage } from '../../ui/skeleton.tsx';
import { findListed, itemOf } from '../item-queries.ts';
import { type ItemName, places } from '../kinds.ts';
import { ItemView } from './item-view.tsx';

/** Reads the item of the address. */
export function ItemPage({ name }: { name: ItemName }) {
  const words = useWords();
  // What the list knows of it is the same: shown at once, and read anew behind.
  const { data, error, refetch } = useQuery({ ...itemOf(name), placeholderData: () => findListed(name) });
  if (data !== undefined) return <ItemView item={data} />;
  if (isProblem(error, 'item_not_found') || isProblem(error, 'access_denied'))
    return (
      <EmptyState
        icon={SearchX}
        title={words('items.gone.title')}
        text={words('items.gone.text')}
        action={<ButtonLink href={places[name.kind]}>{words('items.gone.act')}</ButtonLink>}
      />
    );
  if (error !== null) return <ProblemPage error={error} onRetry={() => void refetch()} />;
  return <SkeletonPage />;
}
