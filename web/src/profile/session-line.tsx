import { isProblem, type SessionList } from '@arca/sdk';
import { useMutation } from '@tanstack/react-query';
import { Monitor, Smartphone } from 'lucide-react';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { showToast } from '../ui/toast.tsx';
import { browserWords } from './browser-words.ts';
import styles from './sessions.module.css';

type ListedSession = SessionList['sessions'][number];

export function SessionLine({ session }: { session: ListedSession }) {
  const words = useWords();
  const { dateTime, relative } = useFormats();
  const explain = useProblemWords();
  const { browser, system, isPhone } = browserWords(session.browser);
  const name =
    browser === null && system === null
      ? words('profile.sessions.unknown')
      : words('profile.sessions.browser', {
          browser: browser ?? words('profile.sessions.unknown'),
          system: system ?? words('profile.sessions.unknownSystem'),
        });
  const end = useMutation({
    mutationFn: () => arca.sessions.end({ id: session.id }),
    onSuccess: () => showToast({ tone: 'success', text: words('profile.sessions.ended') }),
    onError: (error) => {
      if (isProblem(error, 'session_not_found')) return; // it ended meanwhile, and leaves the list
      const { what, next } = explain(error);
      showToast({ tone: 'danger', text: what, detail: next });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf('sessions') }),
  });
  const Icon = isPhone ? Smartphone : Monitor;
  const used = session.current ? words('profile.sessions.usedNow') : relative(new Date(session.usedAt));
  return (
    <li className={styles.line}>
      <Icon size={20} />
      <div className={styles.words}>
        <div className={styles.name}>
          {name}
          {session.current && <Badge tone="accent">{words('profile.sessions.here')}</Badge>}
        </div>
        <div className={styles.note}>{words('profile.sessions.line', { address: session.address, used })}</div>
        <div className={styles.note}>
          {words('profile.sessions.started', { date: dateTime(new Date(session.createdAt)) })}
          {' · '}
          {words('profile.sessions.ends', { ends: relative(new Date(session.endsAt)) })}
        </div>
      </div>
      {!session.current && (
        <Button
          isSmall
          isBusy={end.isPending}
          aria-label={words('profile.sessions.endOf', { browser: name })}
          onPress={() => end.mutate()}
        >
          {words('profile.sessions.end')}
        </Button>
      )}
    </li>
  );
}
