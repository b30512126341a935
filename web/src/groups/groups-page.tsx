import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { ListDetail } from '../ui/list-detail.tsx';
import { Page } from '../ui/page-layout.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { useFilters, useSearchText } from '../users/use-filters.ts';
import { GroupDetail } from './group-detail.tsx';
import { GroupFilters } from './group-filters.tsx';
import { GroupFormDialog } from './group-form-dialog.tsx';
import type { GroupSort } from './group-sort.ts';
import styles from './groups.module.css';
import { GroupsTable } from './groups-table.tsx';

type GroupsPageProps = {
  sort: GroupSort;
  /** Of the group that is open beside the list. */
  id?: number;
};

/** Private groups, or user groups: the list, and the chosen one beside it. */
export function GroupsPage({ sort, id }: GroupsPageProps) {
  const words = useWords();
  const filters = useFilters();
  const [typed, setTyped] = useSearchText(filters);
  const [, navigate] = useLocation();
  const [isAdding, setAdding] = useState(false);
  const { params, set, clear, search } = filters;
  const state = params.get('state');
  const scope = params.get('role') === 'member' ? 'member' : 'owner';
  const add = () => setAdding(true);
  return (
    <>
      <ListDetail
        listHref={`${sort.path}${search}`}
        list={
          <Page
            form="filled"
            title={words(`groups.${sort.words}.title`)}
            lead={id === undefined ? words(`groups.${sort.words}.lead`) : undefined}
            actions={
              <Button variant="primary" icon={Plus} onPress={add}>
                {words(`groups.${sort.words}.add`)}
              </Button>
            }
            below={
              <div className={styles.filters}>
                {sort.isPrivate && (
                  <SegmentedControl
                    label={words('groups.private.scope')}
                    value={scope}
                    onChange={(to) => set('role', to === 'owner' ? null : to)}
                    options={[
                      { id: 'owner', label: words('groups.private.mine') },
                      { id: 'member', label: words('groups.private.member') },
                    ]}
                  />
                )}
                <SearchField label={words('groups.search')} value={typed} onChange={setTyped} />
                <GroupFilters sort={sort} state={state} onState={(to) => set('state', to)} />
              </div>
            }
          >
            <GroupsTable
              sort={sort}
              search={{
                state: state === 'enabled' || state === 'disabled' ? state : 'all',
                ...(params.get('q') ? { q: params.get('q') ?? '' } : {}),
                ...(sort.isPrivate ? { role: scope } : {}),
              }}
              openId={id}
              onOpen={(group) => navigate(`${sort.path}/${group.id}${search}`)}
              onAdd={add}
              onClear={() => {
                clear();
                setTyped('');
              }}
            />
          </Page>
        }
        detail={id === undefined ? undefined : <GroupDetail key={id} sort={sort} id={id} />}
      />
      {isAdding && (
        <GroupFormDialog
          sort={sort}
          onClose={() => setAdding(false)}
          onAdded={(added) => navigate(`${sort.path}/${added}`)}
        />
      )}
    </>
  );
}
