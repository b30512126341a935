import { useQuery } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { arca } from '../api/arca.ts';
import { keyOf } from '../api/query-keys.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** To whom the policy gives no keys: that it is so, who may, and whom to ask. */
export function MayNotAdd({ isBrief }: { isBrief?: boolean }) {
  const words = useWords();
  const { list } = useFormats();
  const { data: policy } = useQuery({ queryKey: keyOf('policy', 'read'), queryFn: () => arca.policy.read() });
  const groups = policy?.keyMakers.groups ?? [];
  const who =
    groups.length === 0 ? words('accessKeys.mayNot.some') : words('accessKeys.mayNot.groups', { groups: list(groups) });
  const title = words('accessKeys.mayNot.title');
  const text = `${who} ${words('accessKeys.mayNot.next')}`;
  return isBrief ? <Banner title={title} text={text} /> : <EmptyState icon={Lock} title={title} text={text} />;
}
