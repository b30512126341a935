import { type ComponentProps, useState } from 'react';
import { Palette } from '../ui/palette.tsx';
import { useCommands } from './use-commands.ts';

type CommandPaletteProps = Omit<ComponentProps<typeof Palette>, 'entries' | 'onType'> & { onShortcuts: () => void };

/** The palette with all that the app can do: no part of the first load. */
export function CommandPalette({ onShortcuts, ...rest }: CommandPaletteProps) {
  const [typed, setTyped] = useState('');
  const entries = useCommands(typed, onShortcuts);
  return <Palette {...rest} entries={entries} onType={setTyped} />;
}
