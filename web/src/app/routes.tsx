import { type ComponentType, lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { HomeScreen } from '../items/home/home-screen.tsx';
import { speakMore } from '../text/languages.ts';
import { whenCalm } from '../ui/ahead.tsx';
import { SkeletonPage } from '../ui/skeleton.tsx';
import { NotFound } from './not-found.tsx';

const AccessKeys = room(() => import('../access-keys/access-keys-page.tsx').then((file) => file.AccessKeysPage));
const NewKey = room(() => import('../access-keys/wizard/new-key-page.tsx').then((file) => file.NewKeyPage));
const KeyReport = room(() => import('../access-keys/report/report-page.tsx').then((file) => file.ReportPage));
const AccessKey = room(() => import('../access-keys/page/access-key-page.tsx').then((file) => file.AccessKeyPage));
const ChangeKey = room(() => import('../access-keys/change-key-page.tsx').then((file) => file.ChangeKeyPage));
const Device = room(() => import('../access-keys/device/device-page.tsx').then((file) => file.DevicePage));
const Groups = room(() => import('../groups/private-groups-page.tsx').then((file) => file.PrivateGroupsPage));
const Panel = room(() => import('../admin/panel-page.tsx').then((file) => file.PanelPage));
const Users = room(() => import('../users/users-page.tsx').then((file) => file.UsersPage));
const UserGroups = room(() => import('../groups/user-groups-page.tsx').then((file) => file.UserGroupsPage));
const Proposals = room(() => import('../admin/proposals-page.tsx').then((file) => file.ProposalsPage));
const Policies = room(() => import('../admin/policies-page.tsx').then((file) => file.PoliciesPage));
const Keys = room(() => import('../admin/keys-page.tsx').then((file) => file.KeysPage));
const Audit = room(() => import('../audit/audit-page.tsx').then((file) => file.AuditPage));
const Profile = room(() => import('../profile/profile-page.tsx').then((file) => file.ProfilePage));
const Sessions = room(() => import('../profile/sessions-page.tsx').then((file) => file.SessionsPage));
const Items = room(() => import('../items/items-screen.tsx').then((file) => file.ItemsScreen));

whenCalm(() => void speakMore('all').catch(() => {})); // a room that is opened finds out itself

/** A screen, with the words of all rooms: those of the home come before. */
function room<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    const [screen] = await Promise.all([load(), speakMore('all')]);
    return { default: screen };
  });
}

/** Which screen belongs to which path. Each screen is loaded when it is first visited: README.md shows how. */
export function Routes() {
  return (
    <Suspense fallback={<SkeletonPage />}>
      <Switch>
        <Route path="/">{() => <HomeScreen />}</Route>
        <Route path={/^\/(?:passwords|notes|api-secrets|files)(?:\/.*)?$/}>{() => <Items />}</Route>
        <Route path={/^\/groups(?:\/(?<id>[1-9]\d{0,14}))?$/}>{({ id }) => <Groups id={numberOf(id)} />}</Route>
        <Route path="/admin">{() => <Panel />}</Route>
        <Route path="/admin/users/:username?">{({ username }) => <Users username={username} />}</Route>
        <Route path={/^\/admin\/groups(?:\/(?<id>[1-9]\d{0,14}))?$/}>
          {({ id }) => <UserGroups id={numberOf(id)} />}
        </Route>
        <Route path="/admin/proposals">{() => <Proposals />}</Route>
        <Route path="/admin/policies">{() => <Policies />}</Route>
        <Route path="/admin/keys">{() => <Keys />}</Route>
        <Route path={/^\/profile(?:\/imports)?$/}>{() => <Profile />}</Route>
        <Route path="/profile/sessions">{() => <Sessions />}</Route>
        <Route path="/audit">{() => <Audit />}</Route>
        <Route path="/device">{() => <Device />}</Route>
        <Route path="/access-keys">{() => <AccessKeys />}</Route>
        <Route path="/access-keys/new">{() => <NewKey />}</Route>
        <Route path="/access-keys/report">{() => <KeyReport />}</Route>
        <Route path={/^\/access-keys\/(?<id>[1-9]\d{0,14})$/}>{({ id }) => <AccessKey id={Number(id)} />}</Route>
        <Route path={/^\/access-keys\/(?<id>[1-9]\d{0,14})\/change$/}>
          {({ id }) => <ChangeKey id={Number(id)} />}
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </Suspense>
  );
}

function numberOf(id: string | undefined): number | undefined {
  return id === undefined ? undefined : Number(id);
}
