import { CircleDot, Hourglass } from 'lucide-react';
import { useSearchParams } from 'wouter';
import { useWords } from '../../text/use-words.ts';
import { FilterSentence } from '../../ui/filter-sentence.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { useChange } from '../key-filters.tsx';
import type { Finding } from '../key-queries.ts';

const findings = [
  'never-used',
  'unused',
  'over-wide',
  'never-expires',
  'expires-soon',
  'owner-disabled',
] as const satisfies Finding[];

/** Days without use that count as unused: what the safe takes unless told, and others. */
const usualDays = 90;
const spans = [30, usualDays, 180, 365];

export function readFinding(text: string | null): Finding | undefined {
  return findings.find((finding) => finding === text);
}

export function readDays(text: string | null): number | undefined {
  return spans.find((days) => days !== usualDays && String(days) === text);
}

/** "Access keys that never end · unused means 30 days." */
export function ReportFilters() {
  const words = useWords();
  const change = useChange();
  const [params] = useSearchParams();
  const finding = readFinding(params.get('finding'));
  const days = readDays(params.get('days'));
  const filters = [
    finding !== undefined && {
      id: 'finding',
      text: words(`accessKeys.report.that.${finding}`),
      editor: (close: () => void) => (
        <RadioGroup
          label={words('accessKeys.report.finding')}
          options={findings.map((id) => ({ id, label: words(`accessKeys.findings.${id}`) }))}
          value={finding}
          onChange={(next) => {
            change({ finding: next });
            close();
          }}
        />
      ),
    },
    days !== undefined && {
      id: 'days',
      text: words('accessKeys.report.days', { count: days }),
      editor: (close: () => void) => (
        <RadioGroup
          label={words('accessKeys.report.daysLabel')}
          options={spans.map((span) => ({ id: String(span), label: words('accessKeys.report.span', { count: span }) }))}
          value={String(days)}
          onChange={(next) => {
            change({ days: next });
            close();
          }}
        />
      ),
    },
  ].filter((filter) => filter !== false);
  return (
    <FilterSentence
      subject={words('accessKeys.title')}
      filters={filters}
      onRemove={(id) => change({ [id]: null })}
      onClear={() => change({ finding: null, days: null })}
      entries={[
        ...findings.map((id) => ({
          id,
          label: words(`accessKeys.report.that.${id}`),
          icon: CircleDot,
          isOn: finding === id,
          onAction: () => change({ finding: finding === id ? null : id }),
        })),
        ...spans
          .filter((span) => span !== usualDays)
          .map((span) => ({
            id: String(span),
            label: words('accessKeys.report.days', { count: span }),
            icon: Hourglass,
            isOn: days === span,
            onAction: () => change({ days: days === span ? null : String(span) }),
          })),
      ]}
    />
  );
}
