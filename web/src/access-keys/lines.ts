/** What was typed one below the other, or with commas or spaces between. */
export function linesOf(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((line) => line !== ''))];
}
