/** Words that were written for the middle of a sentence, where they begin one. */
export function beginning(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
