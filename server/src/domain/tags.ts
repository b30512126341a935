/** Splits the wire's one-string form at commas: trimmed, empties and repeats dropped, order kept. */
export function splitTags(text: string): string[] {
  return tidyTags(text.split(','));
}

export function joinTags(tags: readonly string[]): string {
  return tags.join(', ');
}

export function tidyTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}
