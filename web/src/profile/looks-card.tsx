import { useLanguageChoice } from '../session/use-language-choice.ts';
import { type Language, languages } from '../text/languages.ts';
import { useLanguage } from '../text/use-language.ts';
import { useWords } from '../text/use-words.ts';
import { Card } from '../ui/card.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { ThemeChoice } from '../ui/theme-choice.tsx';
import styles from './profile.module.css';

/** Both count at once: there is nothing to save. */
export function LooksCard() {
  const words = useWords();
  const choose = useLanguageChoice();
  return (
    <Card title={words('profile.looks.title')}>
      <div className={styles.choices}>
        <div className={styles.choice}>
          <div>
            <div className={styles.label}>{words('app.language.label')}</div>
            <div className={styles.help}>{words('profile.looks.languageHelp')}</div>
          </div>
          <SegmentedControl
            label={words('app.language.label')}
            value={useLanguage()}
            onChange={choose}
            options={(Object.keys(languages) as Language[]).map((id) => ({ id, label: languages[id] }))}
          />
        </div>
        <div className={styles.choice}>
          <div>
            <div className={styles.label}>{words('app.theme.label')}</div>
            <div className={styles.help}>{words('profile.looks.themeHelp')}</div>
          </div>
          <ThemeChoice />
        </div>
      </div>
    </Card>
  );
}
