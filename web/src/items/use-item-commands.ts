import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useWords } from '../text/use-words.ts';
import type { PaletteEntry } from '../ui/palette.tsx';
import { secondLineOf, urlOf } from './fields.ts';
import { listOf } from './item-queries.ts';
import { hrefOf, idOf, kindIcons, kinds, places } from './kinds.ts';

const pause = 150; // while somebody types, in ms
const most = 12;

/** For the palette: the items that fit what is typed, as the safe finds them, and what can be made. */
export function useItemCommands(typed: string): PaletteEntry[] {
  const words = useWords();
  const [, navigate] = useLocation();
  const q = useSettled(typed.trim());
  const { data } = useInfiniteQuery({ ...listOf({ q, state: 'all', limit: most }), enabled: q !== '' });
  const acts = useMemo(
    () =>
      kinds.map((kind) => ({
        id: `new.${kind}`,
        label: words(`items.kinds.${kind}.new`),
        group: words('items.commands'),
        icon: Plus,
        onAction: () => navigate(`${places[kind]}/new`),
      })),
    [words, navigate],
  );
  const found = useMemo(
    () =>
      (q === '' ? [] : (data?.pages[0]?.items ?? [])).map((item) => ({
        id: `item.${idOf(item)}`,
        label: item.name,
        note: [secondLineOf(item), item.enabled ? '' : words('items.disabledMark')].filter(Boolean).join(' · '),
        keywords: [urlOf(item), ...item.tags].join(' '),
        group: words(`items.kinds.${item.kind}.many`),
        icon: kindIcons[item.kind],
        isFound: true,
        onAction: () => navigate(hrefOf(item)),
      })),
    [data, q, words, navigate],
  );
  return useMemo(() => [...found, ...acts], [found, acts]);
}

/** The text once it has stood still for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
