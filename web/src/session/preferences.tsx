import { Settings2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useWords } from '../text/use-words.ts';
import { ahead, onceOpen } from '../ui/ahead.tsx';
import { IconButton } from '../ui/button.tsx';

const PreferencesPanel = ahead(() => import('./preferences-panel.tsx').then((file) => file.PreferencesPanel), onceOpen);

/** Theme and language for whom is not signed in; who is has them in his account's menu. */
export function Preferences() {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <IconButton
        ref={button}
        icon={Settings2}
        label={words('app.preferences')}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPress={() => setOpen(true)}
      />
      <PreferencesPanel trigger={button} isOpen={isOpen} onOpenChange={setOpen} />
    </>
  );
}
