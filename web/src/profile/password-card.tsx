import { useState } from 'react';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ChangePasswordDialog } from './change-password-dialog.tsx';
import styles from './profile.module.css';

export function PasswordCard() {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={words('profile.password.title')}>
      <div className={styles.act}>
        <p className={styles.text}>{words('profile.password.text')}</p>
        <Button onPress={() => setOpen(true)}>{words('profile.password.change')}</Button>
      </div>
      {isOpen && <ChangePasswordDialog onClose={() => setOpen(false)} />}
    </Card>
  );
}
