import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Theme = 'light' | 'dark';

/** Text, or what a control is known by, and what it stands on; `least` is 4.5 for text, 3 for large text and controls. */
export type Pair = { front: string; back: string; least: 3 | 4.5; use: string };

const grounds = ['ground', 'surface', 'raised', 'sunken', 'hover', 'pressed', 'selected'];
const pages = ['ground', 'surface', 'raised'];

/** Every pair that a component uses. Who uses another adds it here; docs/design.md has the numbers. */
export const pairs: Pair[] = [
  ...on(grounds, 'text', 4.5, 'text'),
  ...on(grounds, 'text-soft', 4.5, 'second line, quiet button, column head'),
  ...on([...pages, 'sunken', 'hover', 'selected'], 'text-faint', 4.5, 'placeholder, heading of a group, disabled row'),
  ...on([...pages, 'hover', 'selected'], 'accent-text', 4.5, 'link, badge, icon of the current place'),
  ...on([...pages, 'danger-tint', 'hover'], 'danger-text', 4.5, 'error, danger badge and banner'),
  ...on([...pages, 'warning-tint'], 'warning-text', 4.5, 'warning'),
  ...on([...pages, 'success-tint'], 'success-text', 4.5, 'success'),
  ...on(['accent', 'accent-hover', 'accent-pressed'], 'on-accent', 4.5, 'primary button, ticked box'),
  ...on(['danger', 'danger-hover', 'danger-pressed'], 'on-danger', 4.5, 'danger button'),
  ...on(['tooltip'], 'on-tooltip', 4.5, 'tooltip'),
  ...on([...pages, 'sunken'], 'digit', 4.5, 'digits of a secret'),
  ...on([...pages, 'sunken'], 'symbol', 4.5, 'symbols of a secret'),
  ...on(pages, 'line-strong', 3, 'border of a field, box, switch'),
  ...on(pages, 'danger', 3, 'border of a field with an error, bar of a poor password'),
  ...on([...pages, 'hover', 'pressed', 'selected'], 'focus', 3, 'focus ring'),
  ...on([...pages, 'selected', 'pressed'], 'accent', 3, 'switch, slider, progress, ring'),
  ...on(pages, 'warning', 3, 'bar of a bad password'),
  ...on(pages, 'success', 3, 'bar of a good password'),
  ...on(pages, 'chart', 3, 'bars and lines of charts'),
  ...on(['line-strong', 'accent'], 'surface', 3, 'knob of a switch'),
  ...on(['mark'], 'mark-hole', 3, 'the mark'),
  ...on(['brand', 'brand-deep'], 'on-brand', 4.5, 'text beside the sign-in'),
  ...on(['brand', 'brand-deep'], 'on-brand-soft', 4.5, 'second text beside the sign-in'),
];

function on(backs: string[], front: string, least: 3 | 4.5, use: string): Pair[] {
  return backs.map((back) => ({ front, back, least, use }));
}

/** Every `--name: light-dark(#…, #…)` of tokens.css outside of media queries. */
export function readColors(): Map<string, Record<Theme, string>> {
  const css = readFileSync(join(import.meta.dirname, '../src/ui/tokens.css'), 'utf8').split('@media')[0] ?? '';
  const colors = new Map<string, Record<Theme, string>>();
  for (const [, name = '', light = '', dark = ''] of css.matchAll(
    /--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g,
  )) {
    colors.set(name, { light, dark });
  }
  return colors;
}

/** WCAG's ratio of two colours like `#0b6a73`, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The rows of the table in docs/design.md, as they must stand there. */
export function tableRows(): string[] {
  const colors = readColors();
  return pairs.map(({ front, back, least, use }) => {
    const [light, dark] = (['light', 'dark'] as const).map((theme) => ratioOf(colors, front, back, theme).toFixed(2));
    return `| ${front} | ${back} | ${least} | ${light} | ${dark} | ${use} |`;
  });
}

export function ratioOf(colors: ReturnType<typeof readColors>, front: string, back: string, theme: Theme): number {
  const [a, b] = [colors.get(front), colors.get(back)];
  if (a === undefined || b === undefined) throw new Error(`tokens.css has no colour ${a ? back : front}.`);
  return contrast(a[theme], b[theme]);
}
