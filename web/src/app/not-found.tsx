import { Compass } from 'lucide-react';
import { useEffect } from 'react';
import { useWords } from '../text/use-words.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Link } from '../ui/link.tsx';

export function NotFound() {
  const words = useWords();
  const title = words('app.notFound.title');
  useEffect(() => {
    document.title = `${title} · ${words('app.name')}`;
  }, [title, words]);
  return (
    <EmptyState
      level={1}
      icon={Compass}
      title={title}
      text={words('app.notFound.text')}
      action={<Link href="/">{words('app.notFound.home')}</Link>}
    />
  );
}
