/**
 * How well what is typed fits a text: 0 when not all its signs occur in this order, else higher is better. Word starts
 * and unbroken runs count most, so that "fin aws" and "faws" both find "Finance AWS". Accents and case do not count.
 */
export function closeness(typed: string, text: string): number {
  const wanted = fold(typed);
  if (wanted.trim() === '') return 1;
  const given = fold(text);
  const whole = given.indexOf(wanted.trim());
  if (whole >= 0)
    return 1000 - Math.min(200, whole) - Math.min(200, given.length) / 10 + (isStart(given, whole) ? 300 : 0);
  const parts = wanted.split(/\s+/).filter((part) => part !== '');
  if (parts.length > 1) {
    const fits = parts.map((part) => closeness(part, text));
    return fits.some((one) => one === 0) ? 0 : Math.min(...fits) - 50;
  }
  return scattered(parts[0] ?? '', given);
}

/** Lower case without accents. */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

function scattered(wanted: string, given: string): number {
  let score = 100;
  let from = 0;
  for (const sign of wanted) {
    const start = findStart(given, sign, from);
    const next = given.indexOf(sign, from);
    if (next < 0) return 0;
    const at = next === from || start < 0 ? next : start;
    score += at === from ? 8 : isStart(given, at) ? 6 : -4;
    from = at + 1;
  }
  return Math.max(1, score);
}

function findStart(given: string, sign: string, from: number): number {
  for (let at = given.indexOf(sign, from); at >= 0; at = given.indexOf(sign, at + 1)) if (isStart(given, at)) return at;
  return -1;
}

function isStart(text: string, at: number): boolean {
  return at === 0 || /[\s/._@-]/.test(text[at - 1] ?? '');
}
