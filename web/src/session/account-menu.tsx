import { ArrowDownUp, BookOpen, Keyboard, Languages, LogOut, MonitorSmartphone, UserRound } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { type Language, languages } from '../text/languages.ts';
import { useLanguage } from '../text/use-language.ts';
import { useWords } from '../text/use-words.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Menu } from '../ui/menu.tsx';
import { chooseTheme, type Theme, useTheme } from '../ui/theme.ts';
import { themeIcons } from '../ui/theme-icons.ts';
import styles from './account-menu.module.css';
import { useLanguageChoice } from './use-language-choice.ts';
import { useSession } from './use-session.ts';
import { useSignOut } from './use-sign-out.ts';

/** Who is signed in, and what concerns him alone. */
export function AccountMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const words = useWords();
  const { user } = useSession();
  const theme = useTheme();
  const language = useLanguage();
  const chooseLanguage = useLanguageChoice();
  const { signOut, signOutEverywhere } = useSignOut();
  const name = user.name === '' ? user.username : user.name;
  return (
    <Menu
      label={words('session.account.label')}
      trigger={
        <AriaButton className={styles.trigger} aria-label={words('session.account.of', { name })}>
          <Avatar name={name} />
        </AriaButton>
      }
      groups={[
        {
          heading: user.name === '' ? user.username : `${user.name} (${user.username})`,
          entries: [
            { id: 'profile', label: words('session.account.profile'), icon: UserRound, href: '/profile' },
            {
              id: 'sessions',
              label: words('session.account.sessions'),
              icon: MonitorSmartphone,
              href: '/profile/sessions',
            },
            { id: 'imports', label: words('session.account.imports'), icon: ArrowDownUp, href: '/profile/imports' },
          ],
        },
        {
          heading: words('app.theme.label'),
          isChoice: true,
          entries: (Object.keys(themeIcons) as Theme[]).map((id) => ({
            id,
            label: words(`app.theme.${id}`),
            icon: themeIcons[id],
            isOn: id === theme,
            onAction: () => chooseTheme(id),
          })),
        },
        {
          heading: words('app.language.label'),
          isChoice: true,
          entries: (Object.keys(languages) as Language[]).map((id) => ({
            id,
            label: languages[id],
            icon: Languages,
            isOn: id === language,
            onAction: () => chooseLanguage(id),
          })),
        },
        {
          entries: [
            { id: 'shortcuts', label: words('ui.shortcuts.title'), icon: Keyboard, keys: ['?'], onAction: onShortcuts },
            { id: 'reference', label: words('session.account.reference'), icon: BookOpen, onAction: openReference },
          ],
        },
        {
          entries: [
            { id: 'sign-out', label: words('session.signOut.act'), icon: LogOut, onAction: signOut },
            {
              id: 'sign-out-everywhere',
              label: words('session.signOut.everywhere'),
              icon: LogOut,
              onAction: signOutEverywhere,
            },
          ],
        },
      ]}
    />
  );
}

/** A page of its own, which the app's router must not take for one of its screens. */
function openReference(): void {
  window.open('/docs', '_blank', 'noopener');
}
