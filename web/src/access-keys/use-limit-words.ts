import type { AccessKey } from '@arca/sdk';
import { useMemo } from 'react';
import { isAnywhere } from '../api/address-rules.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { readReferer } from './referer-rules.ts';

type Limits = Pick<AccessKey, 'readOnly' | 'items' | 'addresses' | 'referers' | 'fingerprint'>;

/** A key's limits in a few words: "read only, 3 items, from 10.0.0.0/8". */
export function useLimitWords(): (limits: Limits) => string {
  const words = useWords();
  const { number } = useFormats();
  return useMemo(() => (limits) => partsOf(limits, words, number).join(', '), [words, number]);
}

function partsOf(
  { readOnly, items, addresses, referers, fingerprint }: Limits,
  words: ReturnType<typeof useWords>,
  number: (value: number) => string,
): string[] {
  const [address = '', ...others] = addresses;
  const [referer] = referers;
  const origin = referer === undefined ? undefined : readReferer(referer)?.origin;
  return [
    words(readOnly ? 'accessKeys.limits.read' : 'accessKeys.limits.write'),
    items === null
      ? words('accessKeys.limits.all')
      : words('accessKeys.limits.items', { count: items.length, formatted: number(items.length) }),
    isAnywhere(addresses)
      ? words('accessKeys.limits.anywhere')
      : others.length === 0
        ? words('accessKeys.limits.from', { address })
        : words('accessKeys.limits.fromMore', { address, count: others.length }),
    ...(fingerprint === null ? [] : [words('accessKeys.limits.certificate')]),
    ...(origin === undefined ? [] : [words('accessKeys.limits.referer', { origin })]),
  ];
}
