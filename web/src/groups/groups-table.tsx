import { SearchX, Users } from 'lucide-react';
import { useMemo } from 'react';
import { ProblemPage } from '../api/problem-page.tsx';
import { useSession } from '../session/use-session.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { Column } from '../ui/table/column.ts';
import { DataTable } from '../ui/table/data-table.tsx';
import type { GroupSearch, GroupSort, ListedGroup } from './group-sort.ts';
import styles from './groups.module.css';
import { useGroups } from './use-groups.ts';

type GroupsTableProps = {
  sort: GroupSort;
  search: GroupSearch;
  openId: number | undefined;
  onOpen: (group: ListedGroup) => void;
  onAdd: () => void;
  onClear: () => void;
};

const idOf = ({ id }: ListedGroup) => String(id);
const nameOf = ({ name }: ListedGroup) => name;

export function GroupsTable({ sort, search, openId, onOpen, onAdd, onClear }: GroupsTableProps) {
  const words = useWords();
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage } = useGroups(sort, search);
  const columns = useColumns(search.role === 'member');
  const rows = useMemo(() => data?.pages.flatMap(({ groups }) => groups) ?? [], [data]);
  if (error !== null && data === undefined) return <ProblemPage error={error} onRetry={() => void refetch()} />;
  const isFiltered = search.q !== undefined || search.state !== 'all';
  return (
    <DataTable
      label={words(`groups.${sort.words}.title`)}
      rows={rows}
      total={hasNextPage ? Infinity : rows.length}
      onNearEnd={() => void fetchNextPage()}
      columns={columns}
      idOf={idOf}
      nameOf={nameOf}
      onOpen={onOpen}
      openId={openId === undefined ? undefined : String(openId)}
      isDimmed={isDisabled}
      isLoading={isPending}
      empty={isFiltered ? <NoneFits onClear={onClear} /> : <NoneYet sort={sort} search={search} onAdd={onAdd} />}
    />
  );
}

function isDisabled({ enabled }: ListedGroup): boolean {
  return !enabled;
}

function NoneFits({ onClear }: { onClear: () => void }) {
  const words = useWords();
  return (
    <EmptyState
      icon={SearchX}
      title={words('groups.noneTitle')}
      text={words('groups.noneText')}
      action={<Button onPress={onClear}>{words('groups.clear')}</Button>}
    />
  );
}

function NoneYet({ sort, search, onAdd }: Pick<GroupsTableProps, 'sort' | 'search' | 'onAdd'>) {
  const words = useWords();
  if (search.role === 'member')
    return (
      <EmptyState
        icon={Users}
        title={words('groups.private.memberEmptyTitle')}
        text={words('groups.private.memberEmptyText')}
      />
    );
  return (
    <EmptyState
      icon={Users}
      title={words(`groups.${sort.words}.emptyTitle`)}
      text={words(`groups.${sort.words}.emptyText`)}
      action={<Button onPress={onAdd}>{words(`groups.${sort.words}.add`)}</Button>}
    />
  );
}

function useColumns(hasOwner: boolean): Column<ListedGroup>[] {
  const words = useWords();
  const formats = useFormats();
  const me = useSession().user.username;
  return useMemo(() => {
    const name: Column<ListedGroup> = {
      id: 'name',
      label: words('groups.columns.name'),
      minWidth: 13,
      grow: 2,
      isFixed: true,
      card: 'title',
      cell: (group) => (
        <span className={styles.name}>
          <Avatar isThing size="small" name={group.name} />
          <span className={styles.nameText}>{group.name}</span>
          {!group.enabled && <Badge>{words('groups.disabled')}</Badge>}
        </span>
      ),
    };
    const owner: Column<ListedGroup> = {
      id: 'owner',
      label: words('groups.columns.owner'),
      minWidth: 8,
      card: 'line',
      cell: (group) => (group.owner === me ? words('groups.ownedByYou') : group.owner),
    };
    const members: Column<ListedGroup> = {
      id: 'members',
      label: words('groups.columns.members'),
      minWidth: 8,
      grow: 0,
      isNumeric: true,
      card: 'side',
      cell: ({ memberCount }) =>
        words('groups.members', { count: memberCount, formatted: formats.number(memberCount) }),
    };
    const description: Column<ListedGroup> = {
      id: 'description',
      label: words('groups.columns.description'),
      minWidth: 12,
      grow: 3,
      ...(hasOwner ? {} : { card: 'line' as const }),
      cell: (group) => group.description,
    };
    return [name, ...(hasOwner ? [owner] : []), description, members];
  }, [words, formats, me, hasOwner]);
}
