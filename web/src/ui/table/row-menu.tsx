import { Ellipsis } from 'lucide-react';
import { useRef, useState } from 'react';
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
  const [open, setOpen] = useState<'by pointer' | 'by key' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={looks}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        tabIndex={isInTabOrder ? 0 : -1}
        onClick={({ detail }) => setOpen(detail === 0 ? 'by key' : 'by pointer')}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen('by key');
        }}
      >
        <Ellipsis size={16} />
      </button>
      {open && (
        <Popover
          triggerRef={button}
          isOpen
          onOpenChange={close}
          placement="bottom end"
          offset={4}
          className={optionStyles.panel}
        >
          <MenuEntries
            label={label}
            groups={groupsOf()}
            autoFocus={open === 'by key' ? 'first' : true}
            onClose={close}
          />
        </Popover>
      )}
    </>
  );
}
