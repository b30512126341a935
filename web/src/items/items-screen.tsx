import { SearchX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useWords } from '../text/use-words.ts';
import { ahead } from '../ui/ahead.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ListDetail } from '../ui/list-detail.tsx';
import { Page } from '../ui/page-layout.tsx';
import { SkeletonPage } from '../ui/skeleton.tsx';
import { type Kind, kinds, type Place, placeOf, places } from './kinds.ts';
import { type ListAddress, readAddress, writeAddress } from './list/address.ts';
import { ItemList } from './list/item-list.tsx';
import { ListBar } from './list/list-bar.tsx';
import { useItemShortcuts } from './list/use-item-shortcuts.ts';
import { NewItemLink } from './new-item-link.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

// The list alone is what a first load is about.
const soon = { fallback: <SkeletonPage /> };
const ItemPage = ahead(() => import('./page/item-page.tsx').then((file) => file.ItemPage), soon);
const ItemForm = ahead(() => import('./form/item-form.tsx').then((file) => file.ItemForm), soon);
const EditItem = ahead(() => import('./form/edit-item.tsx').then((file) => file.EditItem), soon);
const FileForm = ahead(() => import('./files/file-form.tsx').then((file) => file.FileForm), soon);

/** `/passwords`, `/passwords/12`, `/passwords/12/edit`, `/passwords/new`, and the same of the other kinds. */
export function ItemsScreen() {
  const [path] = useLocation();
  const kind = kinds.find((one) => path === places[one] || path.startsWith(`${places[one]}/`)) ?? 'password';
  return <KindScreen key={kind} kind={kind} path={path} />;
}

function KindScreen({ kind, path }: { kind: Kind; path: string }) {
  const words = useWords();
  const [, navigate] = useLocation();
  const address = readAddress(useSearch());
  const place = placeOf(path, kind);
  const title = words(`items.kinds.${kind}.many`);
  useItemShortcuts();
  useFocusOfPlace(path, place);
  useListTitle(place, `${title} · ${words('app.name')}`);
  const change = (next: ListAddress) => navigate(path + writeAddress(next), { replace: true });
  return (
    <>
      <ListDetail
        listHref={places[kind] + writeAddress(address)}
        list={
          <Page
            form="filled"
            title={title}
            actions={<NewItemLink kind={kind} isQuiet={place.is === 'new' || place.is === 'edit'} />}
            below={<ListBar kind={kind} address={address} onChange={change} />}
          >
            <ItemList kind={kind} address={address} onChange={change} open={place.name} isMaking={place.is === 'new'} />
          </Page>
        }
        detail={place.is === 'list' ? undefined : <Detail key={path} place={place} kind={kind} />}
      />
      <ReasonDialog />
    </>
  );
}

function Detail({ place, kind }: { place: Place; kind: Kind }) {
  const words = useWords();
  if (place.is === 'new' && kind === 'file') return <FileForm />;
  if (place.is === 'new') return <ItemForm kind={kind} item={null} />;
  if (place.name === undefined)
    return <EmptyState icon={SearchX} title={words('items.gone.title')} text={words('items.gone.text')} />;
  return place.is === 'edit' ? <EditItem name={place.name} /> : <ItemPage name={place.name} />;
}

/** The page beside the list gives the window its title; without one the list has to take it back. */
function useListTitle(place: Place, title: string): void {
  useEffect(() => {
    if (place.is === 'list') document.title = title;
  }, [place.is, title]);
}

/** What was opened takes the focus to its heading; coming back, it returns to the row. */
function useFocusOfPlace(path: string, place: Place): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    const selector = place.is === 'list' ? '[role="row"][tabindex="0"]' : '[data-item-page] h1';
    const giveFocus = () => {
      const target = document.querySelector<HTMLElement>(selector);
      if (target === null) return;
      observer.disconnect();
      if (place.is !== 'list') target.tabIndex = -1;
      target.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(giveFocus);
    // After the frame, which gives the focus to the page as a whole.
    const timer = setTimeout(() => {
      // The code of a page may still be on its way; rows that come later must not take the focus from whoever types.
      if (place.is !== 'list') observer.observe(document.body, { childList: true, subtree: true });
      giveFocus();
    });
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [path, place.is]);
}
