import type { Item } from '@arca/sdk';
import { useQuery } from '@tanstack/react-query';
import { Ban } from 'lucide-react';
import { useRef } from 'react';
import { ProblemPage } from '../../api/problem-page.tsx';
import { useWords } from '../../text/use-words.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SkeletonPage } from '../../ui/skeleton.tsx';
import { itemOf } from '../item-queries.ts';
import { besideList, type ItemName } from '../kinds.ts';
import { ItemForm } from './item-form.tsx';

/** The form of an item as it stood when it was opened: what others save meanwhile is met at the saving. */
export function EditItem({ name }: { name: ItemName }) {
  const words = useWords();
  const { data, error, isFetching, refetch } = useQuery({ ...itemOf(name), refetchOnMount: 'always' });
  const opened = useRef<Item>(undefined);
  if (data !== undefined && !isFetching) opened.current ??= data;
  const item = opened.current;
  if (item === undefined) {
    if (error !== null) return <ProblemPage error={error} onRetry={() => void refetch()} />;
    return <SkeletonPage />;
  }
  if (!item.may.update || !item.enabled)
    return (
      <EmptyState
        icon={Ban}
        title={words('items.form.closedTitle')}
        text={words(item.enabled ? 'items.form.notYours' : 'items.form.disabled')}
        action={<ButtonLink href={besideList(name)}>{words('items.form.backToItem')}</ButtonLink>}
      />
    );
  return <ItemForm kind={item.kind} item={item} />;
}
