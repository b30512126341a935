import { getLocalTimeZone, parseAbsolute, toCalendarDateTime } from '@internationalized/date';
import { useState } from 'react';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { DateTimeField, type Moment } from '../ui/date-time-field.tsx';
import { RadioGroup } from '../ui/radio-group.tsx';
import { spans } from './address.ts';
import styles from './editor.module.css';
import type { EditorProps } from './editor-props.ts';
import { beginning } from './sentence-case.ts';

type Choice = (typeof spans)[number] | 'custom';

/** A span until now, or two moments of which one may be left open. */
export function TimeEditor({ address, onChoose }: EditorProps) {
  const words = useWords();
  const { locale } = useFormats();
  const zone = getLocalTimeZone();
  const [choice, setChoice] = useState<Choice | null>(
    address.since !== null || address.until !== null ? 'custom' : address.span,
  );
  const [since, setSince] = useState<Moment | null>(() => momentOf(address.since, zone));
  const [until, setUntil] = useState<Moment | null>(() => momentOf(address.until, zone));
  const choose = (next: Choice) => {
    setChoice(next);
    if (next !== 'custom') onChoose({ span: next, since: null, until: null });
  };
  const isTurned = since !== null && until !== null && since.compare(until) >= 0;
  return (
    <div className={styles.editor}>
      <RadioGroup<Choice>
        label={words('audit.filters.time')}
        options={([...spans, 'custom'] as const).map((id) => ({
          id,
          label: beginning(words(`audit.filters.${id}`), locale),
        }))}
        value={choice}
        onChange={choose}
      />
      {choice === 'custom' && (
        <form
          noValidate
          className={styles.editor}
          onSubmit={(event) => {
            event.preventDefault();
            if (isTurned || (since === null && until === null)) return;
            onChoose({ span: null, since: textOf(since, zone), until: textOf(until, zone) });
          }}
        >
          <DateTimeField isOptional label={words('audit.filters.from')} value={since} onChange={setSince} />
          <DateTimeField
            isOptional
            label={words('audit.filters.to')}
            error={isTurned ? words('audit.filters.order') : undefined}
            value={until}
            onChange={setUntil}
          />
          <Button type="submit" variant="primary">
            {words('audit.filters.act')}
          </Button>
        </form>
      )}
    </div>
  );
}

function momentOf(time: string | null, zone: string): Moment | null {
  return time === null ? null : toCalendarDateTime(parseAbsolute(time, zone));
}

function textOf(moment: Moment | null, zone: string): string | null {
  return moment === null ? null : moment.toDate(zone).toISOString();
}
