import { AdminOnly } from '../admin/admin-only.tsx';
import { userGroups } from './group-sort.ts';
import { GroupsPage } from './groups-page.tsx';

/** The teams that administrators make. */
export function UserGroupsPage({ id }: { id?: number }) {
  return (
    <AdminOnly>
      <GroupsPage sort={userGroups} id={id} />
    </AdminOnly>
  );
}
