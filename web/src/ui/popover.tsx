import type { ReactElement, ReactNode, RefObject } from 'react';
import { Popover as AriaPopover, Dialog, DialogTrigger } from 'react-aria-components';
import { joinClasses } from './join-classes.ts';
import { optionStyles } from './option-looks.ts';
import styles from './popover.module.css';

type PanelProps = {
  /** Its name, for screen readers. */
  label: string;
  children: ReactNode | ((close: () => void) => ReactNode);
  placement?: 'bottom start' | 'bottom end';
};

type PopoverProps = PanelProps & {
  /** The button that opens it. */
  trigger: ReactElement;
};

/** A small panel at a button: settings of a view, a filter, details. */
export function Popover({ trigger, ...panel }: PopoverProps) {
  return (
    <DialogTrigger>
      {trigger}
      <Panel {...panel} />
    </DialogTrigger>
  );
}

type PopoverAtProps = PanelProps & {
  /** A button that stands elsewhere, and opens it by `isOpen`. */
  trigger: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

/** The same panel, where its button is in the page before this code is. */
export function PopoverAt({ trigger, isOpen, onOpenChange, ...panel }: PopoverAtProps) {
  return <Panel {...panel} triggerRef={trigger} isOpen={isOpen} onOpenChange={onOpenChange} />;
}

type Place = Pick<Parameters<typeof AriaPopover>[0], 'triggerRef' | 'isOpen' | 'onOpenChange'>;

function Panel({ label, children, placement = 'bottom start', ...place }: PanelProps & Place) {
  return (
    <AriaPopover {...place} placement={placement} offset={4} className={joinClasses(optionStyles.panel, styles.panel)}>
      <Dialog aria-label={label} className={styles.dialog}>
        {({ close }) => (typeof children === 'function' ? children(close) : children)}
      </Dialog>
    </AriaPopover>
  );
}
