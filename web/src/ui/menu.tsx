import { Check, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import {
  Menu as AriaMenu,
  Header,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  Text,
} from 'react-aria-components';
import { joinClasses } from './join-classes.ts';
import { Keys } from './keys.tsx';
import { optionStyles as styles } from './option-looks.ts';

export type MenuEntry = {
  id: string;
  label: string;
  note?: string;
  icon?: LucideIcon;
  /** Keys that do the same without the menu. */
  keys?: string[];
  isDangerous?: boolean;
  isDisabled?: boolean;
  /** Shows a tick: of what can be on or off, or the chosen one of a group. */
  isOn?: boolean;
  href?: string;
  onAction?: () => void;
};

export type MenuGroup = {
  heading?: string;
  entries: MenuEntry[];
  /** One of them is always on: screen readers hear which. */
  isChoice?: boolean;
};

type MenuProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  /** The menu's name, for screen readers. */
  label: string;
  /** Groups of entries, with a line in between or a heading above. */
  groups: MenuGroup[];
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end' | 'right bottom';
};

export function Menu({ trigger, label, groups, placement = 'bottom end' }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement={placement} offset={4} className={styles.panel}>
        <MenuEntries label={label} groups={groups} />
      </Popover>
    </MenuTrigger>
  );
}

type MenuEntriesProps = { label: string; groups: MenuGroup[]; autoFocus?: true | 'first'; onClose?: () => void };

export function MenuEntries({ label, groups, ...rest }: MenuEntriesProps) {
  const shown = groups.filter(({ entries }) => entries.length > 0);
  return (
    <AriaMenu {...rest} aria-label={label} className={styles.list}>
      {shown.flatMap(({ heading, entries, isChoice }, at) => [
        at > 0 && heading === undefined && <Separator key={`before ${entries[0]?.id}`} className={styles.separator} />,
        <MenuSection
          key={entries[0]?.id}
          {...(heading === undefined ? { 'aria-label': label } : {})}
          {...(isChoice ? choiceOf(entries) : {})}
        >
          {heading !== undefined && <Header className={styles.heading}>{heading}</Header>}
          {entries.map((entry) => (
            <MenuLine key={entry.id} entry={entry} />
          ))}
        </MenuSection>,
      ])}
    </AriaMenu>
  );
}

function choiceOf(entries: MenuEntry[]) {
  const selectedKeys = entries.filter(({ isOn }) => isOn).map(({ id }) => id);
  return { selectionMode: 'single', disallowEmptySelection: true, selectedKeys } as const;
}

function MenuLine({ entry }: { entry: MenuEntry }) {
  const { id, label, note, icon: Icon, keys, isDangerous, isDisabled, isOn, href, onAction } = entry;
  return (
    <MenuItem
      id={id}
      textValue={label}
      isDisabled={isDisabled}
      href={href}
      onAction={onAction}
      className={joinClasses(styles.option, isDangerous && styles.danger)}
    >
      {Icon && <Icon size={16} />}
      <span className={styles.words}>
        <Text slot="label">{label}</Text>
        {note && (
          <Text slot="description" className={styles.note}>
            {note}
          </Text>
        )}
      </span>
      {isOn && <Check size={16} className={styles.check} />}
      {keys && (
        <span className={styles.check}>
          <Keys keys={keys} />
        </span>
      )}
    </MenuItem>
  );
}
