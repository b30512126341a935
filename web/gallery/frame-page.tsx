import {
  Ban,
  Bell,
  ClipboardList,
  Code,
  FileLock2,
  House,
  KeyRound,
  LockKeyhole,
  Pencil,
  ShieldCheck,
  StickyNote,
  Users,
} from 'lucide-react';
import { useState } from 'react';
import { RouterProvider } from 'react-aria-components';
import { formatsOf } from '../src/text/formats.ts';
import { AppFrame } from '../src/ui/app-frame.tsx';
import { Avatar } from '../src/ui/avatar.tsx';
import { Badge } from '../src/ui/badge.tsx';
import { Breadcrumbs } from '../src/ui/breadcrumbs.tsx';
import { Button } from '../src/ui/button.tsx';
import { Card } from '../src/ui/card.tsx';
import { EmptyState } from '../src/ui/empty-state.tsx';
import { FilterSentence } from '../src/ui/filter-sentence.tsx';
import { ListDetail } from '../src/ui/list-detail.tsx';
import { Page } from '../src/ui/page-layout.tsx';
import { Palette } from '../src/ui/palette.tsx';
import { SecretField } from '../src/ui/secret-field.tsx';
import { StrengthMeter } from '../src/ui/strength-meter.tsx';
import type { Column, Sort } from '../src/ui/table/column.ts';
import { DataTable } from '../src/ui/table/data-table.tsx';
import { useColumnChoice } from '../src/ui/table/use-column-choice.ts';
import { showToast } from '../src/ui/toast.tsx';
import { type SampleRow, sampleRows } from './sample-rows.ts';

const formats = formatsOf('en-GB');
const now = new Date(Date.UTC(2026, 10, 21));
const state = new URLSearchParams(location.search).get('state');

const navigation = [
  {
    places: [
      { href: '/', label: 'Home', icon: House },
      { href: '/passwords', label: 'Passwords', icon: KeyRound },
      { href: '/notes', label: 'Notes', icon: StickyNote },
      { href: '/api-secrets', label: 'API secrets', icon: Code },
      { href: '/files', label: 'Files', icon: FileLock2 },
      { href: '/groups', label: 'Groups', icon: Users },
      { href: '/access-keys', label: 'Access keys', icon: LockKeyhole },
      { href: '/requests', label: 'Requests', icon: Bell, count: 3 },
    ],
  },
  {
    heading: 'Administration',
    places: [
      { href: '/admin/users', label: 'Users', icon: ShieldCheck },
      { href: '/admin/audit', label: 'Audit', icon: ClipboardList },
    ],
  },
];

const columns: Column<SampleRow>[] = [
  { id: 'name', label: 'Name', minWidth: 12, grow: 2, isSortable: true, isFixed: true, card: 'title', cell: nameCell },
  {
    id: 'username',
    label: 'Username',
    minWidth: 10,
    grow: 1.5,
    isSortable: true,
    card: 'line',
    cell: (row) => row.username,
  },
  { id: 'tags', label: 'Tags', minWidth: 8, cell: (row) => row.tags.join(', ') },
  { id: 'owner', label: 'Owner', minWidth: 7, isSortable: true, cell: (row) => row.owner },
  {
    id: 'strength',
    label: 'Strength',
    minWidth: 9.5,
    grow: 0,
    cell: (row) => <StrengthMeter isSmall strength={row.strength} />,
  },
  {
    id: 'used',
    label: 'Last use',
    minWidth: 7,
    grow: 0,
    isSortable: true,
    isNumeric: true,
    card: 'side',
    cell: (row) => formats.relative(row.usedAt, now),
  },
];

function nameCell(row: SampleRow) {
  return row.isDisabled ? (
    <>
      {row.name} <Badge>Disabled</Badge>
    </>
  ) : (
    row.name
  );
}

const idOf = (row: SampleRow) => row.id;
const nameOf = (row: SampleRow) => row.name;
const entriesOf = (row: SampleRow) => [
  { id: 'edit', label: 'Edit', icon: Pencil, keys: ['E'], onAction: () => showToast({ text: `Edit ${row.name}` }) },
  { id: 'disable', label: 'Disable', icon: Ban, isDangerous: true, onAction: () => showToast({ text: 'Disabled' }) },
];

export function FramePage() {
  const [path, setPath] = useState('/passwords');
  const [isSearching, setSearching] = useState(false);
  const [sort, setSort] = useState<Sort>({ column: 'name', direction: 'ascending' });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<SampleRow | undefined>(state === 'open' ? sampleRows[0] : undefined);
  const [shown, setShown] = useColumnChoice(
    'gallery',
    columns.map(({ id }) => id),
  );
  const [filters, setFilters] = useState(['owned', 'weak']);
  const texts: Record<string, string> = { owned: 'owned by me', weak: 'weaker than good' };
  const rows = state === 'loading' || state === 'empty' ? [] : sampleRows;
  return (
    <RouterProvider
      navigate={(to) => {
        setPath(to);
        setOpen(undefined);
      }}
    >
      <AppFrame
        name="Arca"
        homeHref="/"
        navigation={navigation}
        path={path}
        onSearch={() => setSearching(true)}
        account={<Avatar name="Ana Souza" />}
      >
        <ListDetail
          listHref="/passwords"
          list={
            <Page
              form="filled"
              title="Passwords"
              actions={<Button variant="primary">New password</Button>}
              below={
                <FilterSentence
                  subject="Passwords"
                  filters={filters.map((id) => ({
                    id,
                    text: texts[id] ?? id,
                    editor: (close) => <Button onPress={close}>Done</Button>,
                  }))}
                  onRemove={(id) => setFilters(filters.filter((one) => one !== id))}
                  onClear={() => setFilters([])}
                  entries={[
                    { id: 'tag', label: 'Tag' },
                    { id: 'owner', label: 'Owner' },
                  ]}
                />
              }
            >
              <DataTable
                label="Passwords"
                rows={rows}
                columns={columns}
                idOf={idOf}
                nameOf={nameOf}
                shown={shown}
                onShow={setShown}
                sort={sort}
                onSort={setSort}
                selected={selected}
                onSelect={setSelected}
                selectionActions={
                  <Button isSmall icon={Ban} onPress={() => showToast({ text: `${selected.size} passwords disabled` })}>
                    Disable
                  </Button>
                }
                entriesOf={entriesOf}
                onOpen={setOpen}
                openId={open?.id}
                keys={{ c: (row) => showToast({ text: `Password of ${row.name} copied` }) }}
                isDimmed={(row) => row.isDisabled}
                isLoading={state === 'loading'}
                empty={
                  <EmptyState
                    icon={KeyRound}
                    title="Save your first password"
                    text="Only you can read it until you share it."
                    action={<Button variant="primary">New password</Button>}
                  />
                }
              />
            </Page>
          }
          detail={open && <SampleDetail row={open} />}
        />
        <Palette
          isOpen={isSearching}
          onOpenChange={setSearching}
          recent={['item.2', 'page./notes']}
          entries={[
            ...navigation
              .flatMap(({ places }) => places)
              .map(({ href, label, icon }) => ({
                id: `page.${href}`,
                label,
                icon,
                group: 'Go to',
                onAction: () => setPath(href),
              })),
            ...sampleRows.map((row) => ({
              id: `item.${row.id}`,
              label: row.name,
              note: row.username,
              icon: KeyRound,
              group: 'Passwords',
              onAction: () => setOpen(row),
            })),
          ]}
        />
      </AppFrame>
    </RouterProvider>
  );
}

function SampleDetail({ row }: { row: SampleRow }) {
  return (
    <Page
      form="reading"
      title={row.name}
      above={<Breadcrumbs steps={[{ label: 'Passwords', href: '/passwords' }, { label: row.name }]} />}
      mark={<Badge tone="accent">Can edit</Badge>}
      actions={<Button icon={Pencil}>Edit</Button>}
      lead="You can see this because: group Finance, editor, until 3 December."
    >
      <Card isFlush>
        <SecretField label="Password" reveal={async () => 'Jq7!vM2#xZ0Ol1I-9tRw'} />
      </Card>
      <Card title="History">
        <p>Ana changed the password, 2 days ago.</p>
      </Card>
    </Page>
  );
}
