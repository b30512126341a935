import { ShieldX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Link } from '../ui/link.tsx';

/** The screens of administration; to anybody else it says whose they are. The safe itself refuses what is behind them. */
export function AdminOnly({ children }: { children: ReactNode }) {
  const words = useWords();
  if (useSession().may.administer) return children;
  return (
    <EmptyState
      level={1}
      icon={ShieldX}
      title={words('admin.only.title')}
      text={words('admin.only.text')}
      action={<Link href="/">{words('admin.only.home')}</Link>}
    />
  );
}
