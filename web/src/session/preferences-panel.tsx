import type { RefObject } from 'react';
import { chooseLanguage, type Language, languages } from '../text/languages.ts';
import { useLanguage } from '../text/use-language.ts';
import { useWords } from '../text/use-words.ts';
import { PopoverAt } from '../ui/popover.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { ThemeChoice } from '../ui/theme-choice.tsx';
import styles from './preferences.module.css';

type PreferencesPanelProps = {
  trigger: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

export function PreferencesPanel(props: PreferencesPanelProps) {
  const words = useWords();
  return (
    <PopoverAt {...props} label={words('app.preferences')} placement="bottom end">
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
    </PopoverAt>
  );
}
