import type { Item } from '@arca/sdk';
import { Ban, Pencil } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useWords } from '../../text/use-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page-layout.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { besideList } from '../kinds.ts';
import { SharingPanel } from '../sharing/sharing-panel.tsx';
import { useItemActs } from '../use-item-acts.ts';
import { ItemFields } from './item-fields.tsx';
import { MoreMenu } from './more-menu.tsx';
import { useWhyAccess } from './use-why-access.ts';

const views = ['item', 'sharing', 'history'] as const;
type View = (typeof views)[number];

/** One item: what it is, with whom it is shared, what it was. */
export function ItemView({ item }: { item: Item }) {
  const words = useWords();
  const acts = useItemActs();
  const [, navigate] = useLocation();
  const why = useWhyAccess(item);
  const search = useSearch();
  const wanted = new URLSearchParams(search).get('view');
  const hasHistory = item.may.update || item.role === 'editor';
  const shown = views.filter((view) => view !== 'history' || hasHistory);
  const view = shown.find((one) => one === wanted) ?? 'item';
  const show = (next: View) => {
    navigate(besideList(item, '', next === 'item' ? undefined : next), { replace: true });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    // Keys pressed in a dialog or menu of this page come here too.
    if (!event.currentTarget.contains(target) || target.matches('input, textarea, select')) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys: Record<string, (item: Item) => void> = {
      c: acts.copySecret,
      u: acts.copyUser,
      o: acts.openUrl,
      e: acts.edit,
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act(item);
  };
  const contents = {
    item: <ItemFields item={item} />,
    sharing: <SharingPanel item={item} />,
    history: <HistoryPanel item={item} />,
  };
  return (
    // The keys are those of a row of the list, for the item as a whole.
    // biome-ignore lint/a11y/noStaticElementInteractions: every act has a button too
    <div data-item-page onKeyDown={onKeyDown}>
      <Page
        form="reading"
        title={item.name}
        lead={why}
        mark={
          <>
            <Badge tone={item.role === 'viewer' ? 'neutral' : 'accent'}>{words(`items.roles.${item.role}`)}</Badge>
            {!item.enabled && (
              <Badge icon={Ban} tone="warning">
                {words('items.disabledMark')}
              </Badge>
            )}
          </>
        }
        actions={
          <>
            {item.may.update && item.enabled && (
              <ButtonLink icon={Pencil} href={besideList(item, '/edit')}>
                {words('items.acts.edit')}
              </ButtonLink>
            )}
            <MoreMenu item={item} />
          </>
        }
      >
        {!item.enabled && (
          <Banner
            tone="warning"
            title={words(`items.disabledText.${item.kind}`)}
            text={words('items.disabledNext')}
            action={
              item.may.update && (
                <Button isSmall onPress={() => acts.setEnabled(item, true)}>
                  {words('items.acts.enable')}
                </Button>
              )
            }
          />
        )}
        <Tabs<View>
          label={item.name}
          tabs={shown.map((id) => ({
            id,
            label: words(`items.views.${id}`),
            count: id === 'sharing' && item.sharedWith > 0 ? item.sharedWith : undefined,
            content: contents[id],
          }))}
          value={view}
          onChange={show}
        />
      </Page>
    </div>
  );
}
