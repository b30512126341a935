import type { CalendarDateTime, ZonedDateTime } from '@internationalized/date';
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Popover,
} from 'react-aria-components';
import styles from './date-time-field.module.css';
import { FieldLabel, FieldNotes, type FieldWords, fieldStyles } from './field.tsx';
import { joinClasses } from './join-classes.ts';
import { optionStyles } from './option-looks.ts';

export type Moment = CalendarDateTime | ZonedDateTime;

type DateTimeFieldProps = FieldWords & {
  value: Moment | null;
  onChange: (value: Moment | null) => void;
  onBlur?: () => void;
  minValue?: Moment;
  isDisabled?: boolean;
};

/** A day and a time to the minute, typed part by part or chosen in a calendar. */
export function DateTimeField({ label, help, error, isOptional, ...rest }: DateTimeFieldProps) {
  return (
    <DatePicker
      {...rest}
      granularity="minute"
      shouldForceLeadingZeros
      isInvalid={error !== undefined}
      isRequired={!isOptional}
      validationBehavior="aria"
      className={fieldStyles.field}
    >
      <FieldLabel label={label} isOptional={isOptional} />
      <Group className={joinClasses(fieldStyles.box, styles.box)}>
        <DateInput className={styles.input}>
          {(segment) => <DateSegment segment={segment} className={styles.segment} />}
        </DateInput>
        <Button className={styles.button}>
          <CalendarDays size={16} />
        </Button>
      </Group>
      <FieldNotes help={help} error={error} />
      <Popover className={optionStyles.panel}>
        <Dialog className={styles.dialog}>
          <Calendar>
            <header className={styles.header}>
              <Button slot="previous" className={styles.turn}>
                <ChevronLeft size={16} />
              </Button>
              <Heading className={styles.month} />
              <Button slot="next" className={styles.turn}>
                <ChevronRight size={16} />
              </Button>
            </header>
            <CalendarGrid>
              <CalendarGridHeader>
                {(day) => <CalendarHeaderCell className={styles.weekday}>{day}</CalendarHeaderCell>}
              </CalendarGridHeader>
              <CalendarGridBody>{(date) => <CalendarCell date={date} className={styles.day} />}</CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}
