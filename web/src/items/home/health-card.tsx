import { useQuery } from '@tanstack/react-query';
import { ShieldAlert } from 'lucide-react';
import { arca } from '../../api/arca.ts';
import { keyOf } from '../../api/query-keys.ts';
import { useWords } from '../../text/use-words.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { places } from '../kinds.ts';
import { ailments, plainList, writeAddress } from '../list/address.ts';
import styles from './home.module.css';

const judgedWithin = 5_000; // in ms

/** What is wrong with one's own passwords, each a list; nothing where all is well. A help: an error is not worth a word. */
export function HealthCard() {
  const words = useWords();
  const { data } = useQuery({
    queryKey: keyOf('passwordHealth', 'read'),
    queryFn: ({ signal }) => arca.passwordHealth.read({}, { signal }),
    refetchInterval: ({ state }) => ((state.data?.pending ?? 0) > 0 ? judgedWithin : false),
  });
  const shown = ailments.filter((ailment) => (data?.[ailment] ?? 0) > 0);
  if (data === undefined || shown.length === 0) return null;
  return (
    <Card title={words('items.health.title')}>
      <p className={styles.text}>{words('items.health.lead')}</p>
      <div className={styles.health}>
        {shown.map((health) => (
          <ButtonLink
            key={health}
            isSmall
            icon={ShieldAlert}
            href={`${places.password}${writeAddress({ ...plainList, health })}`}
          >
            {words(`items.health.${health}`, { count: data[health] })}
          </ButtonLink>
        ))}
      </div>
    </Card>
  );
}
