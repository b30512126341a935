import { privateGroups } from './group-sort.ts';
import { GroupsPage } from './groups-page.tsx';

/** Everybody's own groups. */
export function PrivateGroupsPage({ id }: { id?: number }) {
  return <GroupsPage sort={privateGroups} id={id} />;
}
