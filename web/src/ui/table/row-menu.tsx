import { Ellipsis } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Popover } from 'react-aria-components';
import buttonStyles from '../button.module.css';
import { joinClasses } from '../join-classes.ts';
import { MenuEntries, type MenuGroup } from '../menu.tsx';
import { optionStyles } from '../option-looks.ts';

type RowMenuProps = {
  label: string;
  /** Asked for when it is opened. */
  groupsOf: () => MenuGroup[];
  isInTabOrder: boolean;
};

const looks = joinClasses(
  buttonStyles.button,
  buttonStyles.icon,
  buttonStyles.quiet,
  buttonStyles.small,
  buttonStyles.plain,
);

/** A menu behind a button of the browser's own, made when somebody opens it: a list that is scrolled makes hundreds of them. */
export function RowMenu({ label, groupsOf, isInTabOrder }: RowMenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  /** Before it was opened for the first time there is none. */
  const [{ isOpen, focus }, setState] = useState<{ isOpen: boolean; focus?: true | 'first' }>({ isOpen: false });
  const open = (focus: true | 'first') => setState({ isOpen: true, focus });
  const close = () => setState({ isOpen: false, focus });
  const openBy = (event: KeyboardEvent, keys: readonly string[]) => {
    if (!keys.includes(event.key)) return;
    event.preventDefault();
    open('first');
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={looks}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        tabIndex={isInTabOrder ? 0 : -1}
        onClick={() => open(true)}
        // Before the browser makes a click of it, which React Aria takes for a screen reader's and gives no entry the focus.
        onKeyDown={(event) => openBy(event, ['Enter', 'ArrowDown'])}
        onKeyUp={(event) => openBy(event, [' '])}
      >
        <Ellipsis size={16} />
      </button>
      {focus && (
        <Popover
          triggerRef={button}
          isOpen={isOpen}
          onOpenChange={close}
          placement="bottom end"
          offset={4}
          className={optionStyles.panel}
        >
          <MenuEntries label={label} groups={groupsOf()} autoFocus={focus} onClose={close} />
        </Popover>
      )}
    </>
  );
}
