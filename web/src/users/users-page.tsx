import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { AdminOnly } from '../admin/admin-only.tsx';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { ListDetail } from '../ui/list-detail.tsx';
import { Page } from '../ui/page-layout.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { AddUserDialog } from './add-user-dialog.tsx';
import { useFilters, useSearchText } from './use-filters.ts';
import { useUserActs } from './use-user-acts.tsx';
import { UserDetail } from './user-detail.tsx';
import { UserFilters } from './user-filters.tsx';
import styles from './users.module.css';
import { UsersTable } from './users-table.tsx';

const path = '/admin/users';

/** Everybody who can sign in, and the chosen one beside the list. */
export function UsersPage({ username }: { username?: string }) {
  return (
    <AdminOnly>
      <Users username={username} />
    </AdminOnly>
  );
}

function Users({ username }: { username: string | undefined }) {
  const words = useWords();
  const filters = useFilters();
  const [typed, setTyped] = useSearchText(filters);
  const [, navigate] = useLocation();
  const [isAdding, setAdding] = useState(false);
  const acts = useUserActs();
  const { params, set, clear, search } = filters;
  const state = params.get('state');
  const role = params.get('role');
  const clearAll = () => {
    clear();
    setTyped('');
  };
  return (
    <>
      <ListDetail
        listHref={`${path}${search}`}
        list={
          <Page
            form="filled"
            title={words('users.title')}
            lead={username === undefined ? words('users.lead') : undefined}
            actions={
              <Button variant="primary" icon={UserPlus} onPress={() => setAdding(true)}>
                {words('users.add')}
              </Button>
            }
            below={
              <div className={styles.filters}>
                <SearchField label={words('users.search')} value={typed} onChange={setTyped} />
                <UserFilters state={state} role={role} onChange={set} onClear={clearAll} />
              </div>
            }
          >
            <UsersTable
              search={{
                state: state === 'enabled' || state === 'disabled' ? state : 'all',
                ...(params.get('q') ? { q: params.get('q') ?? '' } : {}),
                ...(role === 'admin' || role === 'member' ? { role } : {}),
              }}
              acts={acts}
              openName={username}
              onOpen={(user) => navigate(`${path}/${user.username}${search}`)}
              onAdd={() => setAdding(true)}
              onClear={clearAll}
            />
          </Page>
        }
        detail={username === undefined ? undefined : <UserDetail key={username} username={username} acts={acts} />}
      />
      {isAdding && <AddUserDialog onClose={() => setAdding(false)} onAdded={(added) => navigate(`${path}/${added}`)} />}
      {acts.dialog}
    </>
  );
}
