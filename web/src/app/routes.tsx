import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { SkeletonPage } from '../ui/skeleton.tsx';
import { NotFound } from './not-found.tsx';

const AccessKeys = lazy(() =>
  import('../access-keys/access-keys-page.tsx').then((file) => ({ default: file.AccessKeysPage })),
);
const NewKey = lazy(() =>
  import('../access-keys/wizard/new-key-page.tsx').then((file) => ({ default: file.NewKeyPage })),
);
const KeyReport = lazy(() =>
  import('../access-keys/report/report-page.tsx').then((file) => ({ default: file.ReportPage })),
);
const AccessKey = lazy(() =>
  import('../access-keys/page/access-key-page.tsx').then((file) => ({ default: file.AccessKeyPage })),
);
const ChangeKey = lazy(() =>
  import('../access-keys/change-key-page.tsx').then((file) => ({ default: file.ChangeKeyPage })),
);
const Groups = lazy(() =>
  import('../groups/private-groups-page.tsx').then((file) => ({ default: file.PrivateGroupsPage })),
);
const Panel = lazy(() => import('../admin/panel-page.tsx').then((file) => ({ default: file.PanelPage })));
const Users = lazy(() => import('../users/users-page.tsx').then((file) => ({ default: file.UsersPage })));
const UserGroups = lazy(() =>
  import('../groups/user-groups-page.tsx').then((file) => ({ default: file.UserGroupsPage })),
);
const Proposals = lazy(() => import('../admin/proposals-page.tsx').then((file) => ({ default: file.ProposalsPage })));
const Policies = lazy(() => import('../admin/policies-page.tsx').then((file) => ({ default: file.PoliciesPage })));
const Audit = lazy(() => import('../audit/audit-page.tsx').then((file) => ({ default: file.AuditPage })));
const Profile = lazy(() => import('../profile/profile-page.tsx').then((file) => ({ default: file.ProfilePage })));
const Sessions = lazy(() => import('../profile/sessions-page.tsx').then((file) => ({ default: file.SessionsPage })));

const Home = lazy(() => import('../items/home/home-screen.tsx').then((file) => ({ default: file.HomeScreen })));
const Items = lazy(() => import('../items/items-screen.tsx').then((file) => ({ default: file.ItemsScreen })));

/** Which screen belongs to which path. Each screen is loaded when it is first visited: README.md shows how. */
export function Routes() {
  return (
    <Suspense fallback={<SkeletonPage />}>
      <Switch>
        <Route path="/">{() => <Home />}</Route>
        <Route path={/^\/(?:passwords|notes|api-secrets)(?:\/.*)?$/}>{() => <Items />}</Route>
        <Route path={/^\/groups(?:\/(?<id>[1-9]\d{0,14}))?$/}>{({ id }) => <Groups id={numberOf(id)} />}</Route>
        <Route path="/admin">{() => <Panel />}</Route>
        <Route path="/admin/users/:username?">{({ username }) => <Users username={username} />}</Route>
        <Route path={/^\/admin\/groups(?:\/(?<id>[1-9]\d{0,14}))?$/}>
          {({ id }) => <UserGroups id={numberOf(id)} />}
        </Route>
        <Route path="/admin/proposals">{() => <Proposals />}</Route>
        <Route path="/admin/policies">{() => <Policies />}</Route>
        <Route path="/profile">{() => <Profile />}</Route>
        <Route path="/profile/sessions">{() => <Sessions />}</Route>
        <Route path="/audit">{() => <Audit />}</Route>
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
