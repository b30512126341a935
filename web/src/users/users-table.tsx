import type { User } from '@arca/sdk';
import { SearchX, Users } from 'lucide-react';
import { useMemo } from 'react';
import { ProblemPage } from '../api/problem-page.tsx';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { DataTable } from '../ui/table/data-table.tsx';
import { useColumnChoice } from '../ui/table/use-column-choice.ts';
import type { useUserActs } from './use-user-acts.tsx';
import { type UserSearch, useUsers } from './use-users.ts';
import { useUserColumns } from './user-columns.tsx';

type UsersTableProps = {
  search: UserSearch;
  acts: ReturnType<typeof useUserActs>;
  openName: string | undefined;
  onOpen: (user: User) => void;
  onAdd: () => void;
  onClear: () => void;
};

const idOf = ({ username }: User) => username;
const isDisabled = ({ enabled }: User) => !enabled;

export function UsersTable({ search, acts, openName, onOpen, onAdd, onClear }: UsersTableProps) {
  const words = useWords();
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage } = useUsers(search);
  const columns = useUserColumns();
  const [shown, setShown] = useColumnChoice(
    'users',
    columns.map(({ id }) => id),
  );
  const rows = useMemo(() => data?.pages.flatMap(({ users }) => users) ?? [], [data]);
  if (error !== null && data === undefined) return <ProblemPage error={error} onRetry={() => void refetch()} />;
  const isFiltered = search.q !== undefined || search.role !== undefined || search.state !== 'all';
  return (
    <DataTable
      label={words('users.title')}
      rows={rows}
      total={hasNextPage ? Infinity : rows.length}
      onNearEnd={() => void fetchNextPage()}
      columns={columns}
      idOf={idOf}
      nameOf={idOf}
      shown={shown}
      onShow={setShown}
      onOpen={onOpen}
      openId={openName}
      entriesOf={acts.entriesOf}
      keys={{ e: acts.change }}
      isDimmed={isDisabled}
      isLoading={isPending}
      empty={
        isFiltered ? (
          <EmptyState
            icon={SearchX}
            title={words('users.noneTitle')}
            text={words('users.noneText')}
            action={<Button onPress={onClear}>{words('users.clear')}</Button>}
          />
        ) : (
          <EmptyState
            icon={Users}
            title={words('users.emptyTitle')}
            text={words('users.emptyText')}
            action={<Button onPress={onAdd}>{words('users.add')}</Button>}
          />
        )
      }
    />
  );
}
