import type { Item } from '@arca/sdk';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { useWords } from '../text/use-words.ts';
import { showToast } from '../ui/toast.tsx';
import { useCopy } from '../ui/use-copy.ts';
import { mainSecret, type SecretName, urlOf, userOf } from './fields.ts';
import { refresh, showChange } from './item-queries.ts';
import { besideList, type ItemName } from './kinds.ts';
import { revealCode, revealField } from './reveal.ts';
import { openLink } from './safe-link.ts';
import { useExplain } from './use-explain.ts';

export type ItemActs = {
  view: (item: ItemName) => void;
  edit: (item: Item) => void;
  share: (item: ItemName) => void;
  openUrl: (item: Item) => void;
  copyUser: (item: Item) => void;
  /** The field that its kind is about. */
  copySecret: (item: Item) => void;
  copyCode: (item: Item) => void;
  setEnabled: (item: Item, enabled: boolean) => void;
};

/** What can be done with an item from a row, a card or by a key: the same words and the same undo everywhere. */
export function useItemActs(): ItemActs {
  const words = useWords();
  const [, navigate] = useLocation();
  const explain = useExplain();
  const explainProblem = useProblemWords();
  const { copy } = useCopy();
  return useMemo(() => {
    const say = (error: unknown) => {
      const text = explain(error);
      if (text !== null) showToast({ tone: 'danger', text });
    };
    const copyThis = (item: Item, label: string, text: string | Promise<string>, isSecret: boolean) => {
      copy(text, words('ui.secret.copied', { label }), isSecret, item.name).catch(say);
    };
    const copyField = (item: Item, field: SecretName) =>
      copyThis(item, words(`items.fields.${field}`), revealField(item, field), true);
    const setEnabled = async (item: Item, enabled: boolean) => {
      showChange(item, (now) => ({ ...now, enabled }));
      try {
        await arca.items[enabled ? 'enable' : 'disable']({ kind: item.kind, number: item.number });
        showToast({
          tone: 'success',
          text: words(`items.${enabled ? 'enabled' : 'disabled'}.${item.kind}`, { count: 1 }),
          detail: item.name,
          onUndo: () => void setEnabled(item, !enabled),
        });
      } catch (error) {
        showChange(item, (now) => ({ ...now, enabled: item.enabled }));
        const { what, next } = explainProblem(error);
        showToast({ tone: 'danger', text: what, detail: next });
      } finally {
        void refresh([item]);
      }
    };
    return {
      view: (item) => navigate(besideList(item)),
      edit: (item) => item.may.update && item.enabled && navigate(besideList(item, '/edit')),
      share: (item) => navigate(besideList(item, '', 'sharing')),
      openUrl: (item) => {
        const url = urlOf(item);
        if (!openLink(url)) showToast({ text: words(url === '' ? 'items.url.none' : 'items.url.noLink') });
      },
      copyUser: (item) => {
        const user = userOf(item);
        const field = item.kind === 'api-secret' ? 'clientId' : 'username';
        if (user) copyThis(item, words(`items.fields.${field}`), user, false);
      },
      copySecret: (item) => copyField(item, mainSecret[item.kind]),
      copyCode: (item) =>
        copyThis(
          item,
          words('items.code.label'),
          revealCode(item).then(({ code }) => code),
          true,
        ),
      setEnabled: (item, enabled) => void setEnabled(item, enabled),
    };
  }, [words, navigate, explain, explainProblem, copy]);
}
