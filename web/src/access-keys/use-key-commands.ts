import { ClipboardCheck, KeySquare, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import type { PaletteEntry } from '../ui/palette.tsx';

/** For the palette: what is done with access keys. */
export function useKeyCommands(): PaletteEntry[] {
  const words = useWords();
  const { may } = useSession();
  const [, navigate] = useLocation();
  return useMemo(() => {
    const group = words('accessKeys.title');
    const goTo = (id: string, path: string, label: string, icon: typeof Plus) => ({
      id: `keys.${id}`,
      label,
      group,
      icon,
      onAction: () => navigate(path),
    });
    return [
      goTo('list', '/access-keys', words('accessKeys.title'), KeySquare),
      ...(may.makeKeys ? [goTo('add', '/access-keys/new', words('accessKeys.add'), Plus)] : []),
      goTo('report', '/access-keys/report', words('accessKeys.report.title'), ClipboardCheck),
    ];
  }, [words, may.makeKeys, navigate]);
}
