import { Settings2 } from 'lucide-react';
import { chooseLanguage, type Language, languages } from '../text/languages.ts';
import { useLanguage } from '../text/use-language.ts';
import { useWords } from '../text/use-words.ts';
import { IconButton } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { ThemeChoice } from '../ui/theme-choice.tsx';
import styles from './preferences.module.css';

/** Theme and language for whom is not signed in; who is has them in his account's menu. */
export function Preferences() {
  const words = useWords();
  return (
    <Popover
      label={words('app.preferences')}
      placement="bottom end"
      trigger={<IconButton icon={Settings2} label={words('app.preferences')} />}
    >
      <div className={styles.choice}>
        <span className={styles.label}>{words('app.theme.label')}</span>
        <ThemeChoice />
      </div>
      <div className={styles.choice}>
        <span className={styles.label}>{words('app.language.label')}</span>
        <SegmentedControl
          label={words('app.language.label')}
          value={useLanguage()}
          onChange={(language) => void chooseLanguage(language)}
          options={(Object.keys(languages) as Language[]).map((id) => ({ id, label: languages[id] }))}
        />
      </div>
    </Popover>
  );
}
