import type { LucideIcon } from 'lucide-react';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import { announce } from './announce.ts';
import { closeness } from './fuzzy.ts';
import { joinClasses } from './join-classes.ts';
import { Keys } from './keys.tsx';
import styles from './palette.module.css';

export type PaletteEntry = {
  id: string;
  label: string;
  /** Read beside the label, and searched: a username, an address. */
  note?: string;
  /** Searched and not shown. */
  keywords?: string;
  /** The heading it stands below. */
  group: string;
  icon?: LucideIcon;
  keys?: string[];
  /** Was looked up for just what is typed: stands below what fits better, and is never left out. */
  isFound?: boolean;
  onAction: () => void;
};

type PaletteProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  entries: PaletteEntry[];
  /** What was typed before it was there. */
  takeEarly?: () => string;
  /** Told what is typed, and '' at the end: for entries that the caller looks up. They are offered whatever was typed. */
  onType?: (typed: string) => void;
  /** Ids of the last used, newest first: shown while nothing is typed. The caller keeps them. */
  recent?: string[];
  onUse?: (id: string) => void;
};

const mostShown = 50;

/** Every act and every thing by a few letters. Up, Down, Enter; Escape leaves. */
export function Palette({ isOpen, onOpenChange, entries, takeEarly, onType, recent = [], onUse }: PaletteProps) {
  const words = useWords();
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={onOpenChange} isDismissable className={styles.veil}>
      <Modal className={styles.modal}>
        <AriaDialog className={styles.dialog}>
          <Heading slot="title" className="unseen">
            {words('ui.palette.title')}
          </Heading>
          <PaletteContent
            entries={entries}
            takeEarly={takeEarly}
            onType={onType}
            recent={recent}
            onChoose={(entry) => {
              onOpenChange(false);
              onUse?.(entry.id);
              entry.onAction();
            }}
          />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

type ContentProps = Pick<PaletteProps, 'entries' | 'takeEarly' | 'onType'> & {
  recent: string[];
  onChoose: (entry: PaletteEntry) => void;
};

function PaletteContent({ entries, takeEarly, onType, recent, onChoose }: ContentProps) {
  const words = useWords();
  const id = useId();
  const [typed, setTyped] = useState(() => takeEarly?.() ?? '');
  const [at, setAt] = useState(0);
  const groups = useMemo(
    () => find(entries, typed, recent, words('ui.palette.recent')),
    [entries, typed, recent, words],
  );
  const lines = groups.flatMap((group) => group.entries);
  const early = useRef(typed);
  useEffect(() => {
    if (early.current !== '') onType?.(early.current);
    return () => onType?.('');
  }, [onType]);
  const current = Math.min(at, lines.length - 1);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  useEffect(() => {
    if (typed !== '') announce(words('ui.palette.results', { count: lines.length }));
  }, [typed, lines.length, words]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && lines.length > 0) setAt((current + step + lines.length) % lines.length);
    else if (event.key === 'Enter' && lines[current]) onChoose(lines[current]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className={styles.search}>
        <Search size={18} />
        <input
          // biome-ignore lint/a11y/noAutofocus: a dialog that is opened to type
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}list`}
          aria-activedescendant={lines[current] && `${id}${lines[current].id}`}
          aria-label={words('ui.palette.title')}
          autoComplete="off"
          spellCheck={false}
          placeholder={words('ui.palette.placeholder')}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
            onType?.(event.target.value);
          }}
          onKeyDown={onKeyDown}
          className={styles.input}
        />
      </div>
      <div ref={list} id={`${id}list`} role="listbox" aria-label={words('ui.palette.title')} className={styles.list}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div key={group.name} role="group" aria-label={group.name}>
            <div aria-hidden="true" className={styles.heading}>
              {group.name}
            </div>
            {group.entries.map((entry) => (
              <PaletteLine
                key={entry.id}
                id={`${id}${entry.id}`}
                entry={entry}
                isCurrent={entry === lines[current]}
                onPoint={() => setAt(lines.indexOf(entry))}
                onChoose={() => onChoose(entry)}
              />
            ))}
          </div>
        ))}
      </div>
      {lines.length === 0 && <p className={styles.none}>{words('ui.palette.none', { typed })}</p>}
      <div aria-hidden="true" className={styles.hints}>
        <Keys keys={['↑', '↓', 'Enter']} />
        {words('ui.palette.hint')}
        <Keys keys={['Escape']} />
        {words('ui.palette.leave')}
      </div>
    </>
  );
}

type LineProps = { id: string; entry: PaletteEntry; isCurrent: boolean; onPoint: () => void; onChoose: () => void };

function PaletteLine({ id, entry: { label, note, icon: Icon, keys }, isCurrent, onPoint, onChoose }: LineProps) {
  return (
    // The focus stays in the search field, which handles the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      id={id}
      role="option"
      aria-selected={isCurrent}
      className={joinClasses(styles.line, isCurrent && styles.current)}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      {Icon && <Icon size={16} />}
      <span className={styles.label}>{label}</span>
      {note !== undefined && <span className={styles.note}>{note}</span>}
      {keys && (
        <span className={styles.keys}>
          <Keys keys={keys} />
        </span>
      )}
    </div>
  );
}

/** The best fits below their headings, in the order of the best of each; the recent ones alone while nothing is typed. */
function find(entries: PaletteEntry[], typed: string, recent: string[], recentName: string) {
  if (typed.trim() === '') {
    const used = recent.flatMap((id) => entries.find((entry) => entry.id === id) ?? []).slice(0, 5);
    const rest = entries.filter((entry) => !used.includes(entry)).slice(0, mostShown);
    return [...(used.length > 0 ? [{ name: recentName, entries: used }] : []), ...grouped(rest)];
  }
  const best = entries
    .map((entry) => ({
      entry,
      score: Math.max(
        closeness(typed, entry.label),
        closeness(typed, `${entry.label} ${entry.note ?? ''} ${entry.keywords ?? ''}`) * 0.8,
        entry.isFound ? 1 : 0,
      ),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, mostShown);
  return grouped(best.map(({ entry }) => entry));
}

function grouped(entries: PaletteEntry[]): { name: string; entries: PaletteEntry[] }[] {
  return [...Map.groupBy(entries, ({ group }) => group)].map(([name, of]) => ({ name, entries: of }));
}
