import { History } from 'lucide-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useWords } from '../text/use-words.ts';
import type { PaletteEntry } from '../ui/palette.tsx';

/** For the palette: the audit. */
export function useAuditCommands(): PaletteEntry[] {
  const words = useWords();
  const [, navigate] = useLocation();
  return useMemo(() => {
    const label = words('audit.title');
    return [{ id: 'audit', label, group: label, icon: History, onAction: () => navigate('/audit') }];
  }, [words, navigate]);
}
