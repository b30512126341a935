import { useMemo } from 'react';
import { useLanguage } from './use-language.ts';

const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Numbers, dates and times as people of this language and region write them. */
export function useFormats() {
  const language = useLanguage();
  return useMemo(() => formatsOf(regionOf(language, navigator.languages)), [language]);
}

/** The browser's own region where it speaks the shown language (en-GB writes the day first), else the language alone. */
export function regionOf(language: string, wanted: readonly string[]): string {
  const primary = language.split('-')[0];
  return wanted.find((tag) => tag.split('-')[0] === primary && tag.includes('-')) ?? language;
}

export function formatsOf(locale: string) {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  return {
    locale,
    number: (value: number) => number.format(value),
    /** Of a share between 0 and 1. */
    percent: (share: number) => percent.format(share),
    date: (at: Date) => date.format(at),
    dateTime: (at: Date) => dateTime.format(at),
    /** "2 days ago", "in 3 hours"; within the minute "now". */
    relative: (at: Date, now = new Date()) => {
      const seconds = (at.getTime() - now.getTime()) / 1000;
      const [unit, size] = steps.find((step) => Math.abs(seconds) >= step[1]) ?? (['second', Infinity] as const);
      return relative.format(Math.trunc(seconds / size), unit);
    },
    /** "3 min", "1 hr, 20 min" of a number of seconds. */
    duration: (seconds: number) => duration(locale, seconds),
    bytes: (count: number) => bytes(locale, count),
    list: (parts: string[]) => list.format(parts),
    compare: (a: string, b: string) => collator.compare(a, b),
  };
}

function duration(locale: string, seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  if (whole < 60) return unit(whole, 'second');
  if (whole < 3_600) return unit(Math.round(whole / 60), 'minute');
  const minutes = Math.round((whole % 3_600) / 60);
  const hours = Math.floor(whole / 3_600);
  return minutes === 0 ? unit(hours, 'hour') : `${unit(hours, 'hour')} ${unit(minutes, 'minute')}`;
}

function bytes(locale: string, count: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const step = Math.min(units.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(count / 1000 ** step);
}
