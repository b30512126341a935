import type { LucideIcon } from 'lucide-react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import styles from './segmented-control.module.css';

type SegmentedControlProps<Id extends string> = {
  /** The group's name, for screen readers. */
  label: string;
  options: { id: Id; label: string; icon?: LucideIcon }[];
  value: Id;
  onChange: (value: Id) => void;
  isDisabled?: boolean;
};

/** Two to four short choices of which one is always on: a view, a period, a theme. */
export function SegmentedControl<Id extends string>({
  label,
  options,
  value,
  onChange,
  isDisabled,
}: SegmentedControlProps<Id>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => onChange([...keys][0] as Id)}
      isDisabled={isDisabled}
      className={styles.group}
    >
      {options.map(({ id, label: text, icon: Icon }) => (
        <ToggleButton key={id} id={id} className={styles.option}>
          {Icon && <Icon size={16} />}
          {text}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
