import { useWords } from '../text/use-words.ts';
import { SegmentedControl } from './segmented-control.tsx';
import { chooseTheme, type Theme, useTheme } from './theme.ts';
import { themeIcons } from './theme-icons.ts';

/** The theme of this browser; `system` follows the device. */
export function ThemeChoice() {
  const words = useWords();
  return (
    <SegmentedControl
      label={words('app.theme.label')}
      value={useTheme()}
      onChange={chooseTheme}
      options={(Object.keys(themeIcons) as Theme[]).map((id) => ({
        id,
        label: words(`app.theme.${id}`),
        icon: themeIcons[id],
      }))}
    />
  );
}
