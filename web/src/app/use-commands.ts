import { ArrowDownUp, Keyboard, Languages, LogOut, MonitorSmartphone, UserRound } from 'lucide-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useKeyCommands } from '../access-keys/use-key-commands.ts';
import { useAuditCommands } from '../audit/use-audit-commands.ts';
import { useItemCommands } from '../items/use-item-commands.ts';
import { useLanguageChoice } from '../session/use-language-choice.ts';
import { useSignOut } from '../session/use-sign-out.ts';
import { type Language, languages } from '../text/languages.ts';
import { useWords } from '../text/use-words.ts';
import type { PaletteEntry } from '../ui/palette.tsx';
import { chooseTheme, type Theme } from '../ui/theme.ts';
import { themeIcons } from '../ui/theme-icons.ts';

/** What the palette offers everywhere. */
export function useCommands(typed: string, showShortcuts: () => void): PaletteEntry[] {
  const words = useWords();
  const [, navigate] = useLocation();
  const chooseLanguage = useLanguageChoice();
  const { signOut } = useSignOut();
  const preferences = useMemo(
    () => [
      ...(Object.keys(themeIcons) as Theme[]).map((theme) => ({
        id: `theme.${theme}`,
        label: `${words('app.theme.label')}: ${words(`app.theme.${theme}`)}`,
        group: words('app.preferences'),
        icon: themeIcons[theme],
        onAction: () => chooseTheme(theme),
      })),
      ...(Object.keys(languages) as Language[]).map((language) => ({
        id: `language.${language}`,
        label: languages[language],
        keywords: words('app.language.label'),
        group: words('app.preferences'),
        icon: Languages,
        onAction: () => chooseLanguage(language),
      })),
    ],
    [words, chooseLanguage],
  );
  const account = useMemo(() => {
    const group = words('session.account.label');
    const goTo = (id: string, path: string, label: string, icon: typeof UserRound) => ({
      id,
      label,
      group,
      icon,
      onAction: () => navigate(path),
    });
    return [
      goTo('profile', '/profile', words('session.account.profile'), UserRound),
      goTo('sessions', '/profile/sessions', words('session.account.sessions'), MonitorSmartphone),
      goTo('imports', '/profile/imports', words('session.account.imports'), ArrowDownUp),
      {
        id: 'shortcuts',
        label: words('ui.shortcuts.title'),
        group,
        icon: Keyboard,
        keys: ['?'],
        onAction: showShortcuts,
      },
      { id: 'sign-out', label: words('session.signOut.act'), group, icon: LogOut, onAction: signOut },
    ];
  }, [words, navigate, showShortcuts, signOut]);
  const items = useItemCommands(typed);
  const keys = useKeyCommands();
  const audit = useAuditCommands();
  return useMemo(
    () => [...items, ...keys, ...audit, ...account, ...preferences],
    [items, keys, audit, account, preferences],
  );
}
