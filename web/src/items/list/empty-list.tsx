import { Inbox, SearchX } from 'lucide-react';
import { useWords } from '../../text/use-words.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Kind, kindIcons } from '../kinds.ts';
import { NewItemLink } from '../new-item-link.tsx';

type EmptyListProps = {
  kind: Kind | undefined;
  /** Whether there may be items that the filter or the search leaves out. */
  isFiltered: boolean;
  onClear: () => void;
  /** Undefined when disabled ones are among them already. */
  onIncludeDisabled?: () => void;
  /** The first one is being made beside it. */
  isMaking?: boolean;
};

/** Teaches how to save the first one, or says what to change where a filter found nothing. */
export function EmptyList({ kind, isFiltered, onClear, onIncludeDisabled, isMaking }: EmptyListProps) {
  const words = useWords();
  if (isFiltered)
    return (
      <EmptyState
        icon={SearchX}
        title={words('items.nothing.title')}
        text={words('items.nothing.text')}
        action={
          <>
            <Button onPress={onClear}>{words('items.nothing.act')}</Button>
            {onIncludeDisabled && <Button onPress={onIncludeDisabled}>{words('items.nothing.disabledToo')}</Button>}
          </>
        }
      />
    );
  return (
    <EmptyState
      icon={kind === undefined ? Inbox : kindIcons[kind]}
      title={words(`items.empty.${kind ?? 'password'}.title`)}
      text={words(`items.empty.${kind ?? 'password'}.text`)}
      action={
        !isMaking && (
          <>
            <NewItemLink kind={kind ?? 'password'} />
            <ButtonLink href="/profile/imports">{words('session.account.imports')}</ButtonLink>
          </>
        )
      }
    />
  );
}
