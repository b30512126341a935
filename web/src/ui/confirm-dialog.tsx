import { useState } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';
import styles from './dialog.module.css';
import { joinClasses } from './join-classes.ts';

type ConfirmDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** A question with the verb and what it strikes: "Disable 2 passwords?" */
  title: string;
  text: string;
  /** The verb of the title, never "OK". */
  confirmLabel: string;
  isDangerous?: boolean;
  /** The dialog stays, busy, until it is done; what it throws is shown and it may be tried again. */
  onConfirm: () => Promise<void> | void;
  /** The sentence for what `onConfirm` threw. */
  explain?: (error: unknown) => string;
};

/** Only for what cannot be undone: everything else acts at once and offers Undo in a toast. */
export function ConfirmDialog({
  isOpen,
  onOpenChange,
  title,
  text,
  confirmLabel,
  isDangerous,
  onConfirm,
  explain,
}: ConfirmDialogProps) {
  const words = useWords();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (error) {
      setProblem(explain?.(error) ?? words('ui.confirm.failed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isKeyboardDismissDisabled={isBusy}
      className={styles.veil}
    >
      <Modal className={joinClasses(styles.modal, styles.narrow)}>
        <AriaDialog role="alertdialog" className={styles.dialog}>
          <header className={styles.header}>
            <Heading slot="title" level={2} className={styles.title}>
              {title}
            </Heading>
          </header>
          <div className={styles.content}>
            <p className={styles.lead}>{text}</p>
            {problem !== undefined && <Banner tone="danger" text={problem} />}
          </div>
          <footer className={styles.actions}>
            <Button autoFocus isDisabled={isBusy} onPress={() => onOpenChange(false)}>
              {words('ui.cancel')}
            </Button>
            <Button variant={isDangerous ? 'danger' : 'primary'} isBusy={isBusy} onPress={() => void confirm()}>
              {confirmLabel}
            </Button>
          </footer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
