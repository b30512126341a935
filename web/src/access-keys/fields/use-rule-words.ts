import { readRule } from '../../api/address-rules.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { readReferer } from '../referer-rules.ts';

/** What a rule means, in a few words; null for what is no rule. */
export function useRuleWords() {
  const words = useWords();
  const { number } = useFormats();
  return {
    explainAddress(text: string): string | null {
      const rule = readRule(text);
      if (rule === null) return null;
      if (rule.kind !== 'block') return words(`accessKeys.rules.${rule.kind}`);
      const free = rule.of - rule.bits;
      // Beyond that nobody counts addresses, but networks.
      if (free > 32) return words('accessKeys.rules.network', { bits: rule.bits });
      return words('accessKeys.rules.block', { count: 2 ** free, formatted: number(2 ** free) });
    },
    explainReferer(text: string): string | null {
      const rule = readReferer(text);
      if (rule === null) return null;
      const { origin, path } = rule;
      return path === null
        ? words('accessKeys.rules.origin', { origin })
        : words('accessKeys.rules.below', { origin, path });
    },
  };
}
