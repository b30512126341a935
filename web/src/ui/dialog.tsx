import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import { IconButton } from './button.tsx';
import styles from './dialog.module.css';
import { joinClasses } from './join-classes.ts';

export type DialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  /** What is said below the title. */
  lead?: ReactNode;
  children?: ReactNode;
  /** Buttons, the one that acts last. */
  actions?: ReactNode;
  /** `drawer` stands at the side, and at the bottom of a phone: for what is done beside what one reads. */
  form?: 'narrow' | 'wide' | 'drawer';
  /** False while there are unsaved changes: then only the buttons close it. */
  isDismissable?: boolean;
};

/** Keeps the focus inside and gives it back to what opened it. On a phone it comes from below. */
export function Dialog({
  isOpen,
  onOpenChange,
  title,
  lead,
  children,
  actions,
  form = 'narrow',
  isDismissable = true,
}: DialogProps) {
  const words = useWords();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={!isDismissable}
      className={joinClasses(styles.veil, form === 'drawer' && styles.drawerVeil)}
    >
      <Modal className={joinClasses(styles.modal, styles[form])}>
        <AriaDialog className={styles.dialog}>
          <header className={styles.header}>
            <Heading slot="title" level={2} className={styles.title}>
              {title}
            </Heading>
            {isDismissable && (
              <IconButton isSmall icon={X} label={words('ui.close')} onPress={() => onOpenChange(false)} />
            )}
          </header>
          <div className={styles.content}>
            {lead !== undefined && <p className={styles.lead}>{lead}</p>}
            {children}
          </div>
          {actions !== undefined && <footer className={styles.actions}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
