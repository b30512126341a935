import { Ellipsis, type LucideIcon, Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button as AriaButton, Link as AriaLink } from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import { ahead, onceOpen } from './ahead.tsx';
import styles from './app-frame.module.css';
import { joinClasses } from './join-classes.ts';
import { Keys } from './keys.tsx';
import { Mark } from './mark.tsx';
import { useListedShortcuts } from './shortcuts.ts';
import { useShortcut } from './use-shortcut.ts';

export type Place = {
  href: string;
  label: string;
  icon: LucideIcon;
  /** What waits there, as requests do. */
  count?: number;
};

type AppFrameProps = {
  name: string;
  homeHref: string;
  /** Groups of places with a heading from the second on. On a phone the first four stand in the bar. */
  navigation: { heading?: string; places: Place[] }[];
  /** The path of the page that is shown. */
  path: string;
  /** The page has a search over everything itself: that is the one, and `/` goes there. */
  hasOwnSearch?: boolean;
  /** By the field on top, by `/` and by Ctrl-K. */
  onSearch: () => void;
  /** At the end of the top: who is signed in, preferences. */
  account: ReactNode;
  /** Above the page: no connection, a licence of the law. */
  notice?: ReactNode;
  children: ReactNode;
};

const Dialog = ahead(() => import('./dialog.tsx').then((file) => file.Dialog), onceOpen);
const inBar = 4;

/** What stands around every page: sidebar from 1100 px, rail from 700, bar at the bottom of a phone. */
export function AppFrame({
  name,
  homeHref,
  navigation,
  path,
  hasOwnSearch,
  onSearch,
  account,
  notice,
  children,
}: AppFrameProps) {
  const words = useWords();
  const [isMore, setMore] = useState(false);
  useShortcut('/', () => {
    const own = hasOwnSearch ? document.querySelector<HTMLElement>('#main [type="search"]') : null;
    if (own) own.focus();
    else onSearch();
  });
  useShortcut('Mod+K', onSearch);
  useListedShortcuts(words('ui.shortcuts.everywhere'), [
    { keys: ['/'], label: words('ui.shortcuts.search') },
    { keys: ['Mod', 'K'], label: words('ui.shortcuts.palette') },
    { keys: ['?'], label: words('ui.shortcuts.sheet') },
  ]);
  const places = navigation.flatMap((group) => group.places);
  const current = places.findLast(({ href }) => path === href || (href !== homeHref && path.startsWith(`${href}/`)));
  return (
    <div className={styles.frame}>
      <a href="#main" className={styles.skip}>
        {words('ui.frame.skip')}
      </a>
      <header className={styles.top}>
        <AriaLink href={homeHref} aria-label={name} className={styles.brand}>
          <Mark size={26} />
          <span className={styles.name}>{name}</span>
        </AriaLink>
        {!hasOwnSearch && (
          <AriaButton className={styles.search} aria-keyshortcuts="/ Control+K" onPress={onSearch}>
            <Search size={16} />
            <span className={styles.searchText}>{words('ui.frame.search')}</span>
            <span aria-hidden="true" className={styles.searchKeys}>
              <Keys keys={['/']} />
              <Keys keys={['Mod', 'K']} />
            </span>
          </AriaButton>
        )}
        <div className={styles.account}>{account}</div>
      </header>
      <nav aria-label={words('ui.frame.navigation')} className={styles.side}>
        {navigation.map(({ heading, places: of }) => (
          <NavigationGroup key={of[0]?.href ?? heading} heading={heading} places={of} current={current} />
        ))}
      </nav>
      <main id="main" tabIndex={-1} className={styles.main}>
        {notice}
        {children}
      </main>
      {places.length > 0 && (
        <nav aria-label={words('ui.frame.navigation')} className={styles.bar}>
          {places.slice(0, inBar).map((place) => (
            <PlaceLink key={place.href} place={place} isCurrent={place === current} />
          ))}
          {places.length > inBar && (
            <AriaButton
              className={joinClasses(styles.place, current && places.indexOf(current) >= inBar && styles.here)}
              onPress={() => setMore(true)}
            >
              <Ellipsis size={20} />
              <span>{words('ui.frame.more')}</span>
            </AriaButton>
          )}
        </nav>
      )}
      <Dialog isOpen={isMore} onOpenChange={setMore} title={words('ui.frame.more')}>
        <div className={styles.more}>
          {navigation.map(({ heading, places: of }) => (
            <NavigationGroup
              key={of[0]?.href ?? heading}
              heading={heading}
              places={of.filter((place) => places.indexOf(place) >= inBar)}
              current={current}
              onPress={() => setMore(false)}
            />
          ))}
        </div>
      </Dialog>
    </div>
  );
}

type GroupProps = {
  heading: string | undefined;
  places: Place[];
  current: Place | undefined;
  onPress?: () => void;
};

function NavigationGroup({ heading, places, current, onPress }: GroupProps) {
  if (places.length === 0) return null;
  return (
    <div className={styles.group}>
      {heading !== undefined && <h2 className={styles.heading}>{heading}</h2>}
      <ul className={styles.places}>
        {places.map((place) => (
          <li key={place.href}>
            <PlaceLink place={place} isCurrent={place === current} onPress={onPress} />
          </li>
        ))}
      </ul>
    </div>
  );
}

type PlaceLinkProps = { place: Place; isCurrent: boolean; onPress?: () => void };

function PlaceLink({ place: { href, label, icon: Icon, count }, isCurrent, onPress }: PlaceLinkProps) {
  return (
    <AriaLink
      href={href}
      aria-current={isCurrent ? 'page' : undefined}
      onPress={onPress}
      className={joinClasses(styles.place, isCurrent && styles.here)}
    >
      <Icon size={18} />
      <span>{label}</span>
      {count !== undefined && count > 0 && <span className={styles.count}>{count}</span>}
    </AriaLink>
  );
}
