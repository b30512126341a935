import { useWords } from '../../text/use-words.ts';
import { Card } from '../../ui/card.tsx';
import { Link } from '../../ui/link.tsx';
import { places } from '../kinds.ts';
import { NewItemLink } from '../new-item-link.tsx';
import styles from './home.module.css';
import { ScriptCard } from './script-card.tsx';

/** Nothing is here yet: the way to a first saved password, and to reading it from a script. */
export function FirstVisit() {
  const words = useWords();
  return (
    <>
      <Card title={words('items.first.step')}>
        <p className={styles.text}>{words('items.first.text')}</p>
        <div className={styles.first}>
          <NewItemLink kind="password" />
          <Link href={`${places.note}/new`}>{words('items.kinds.note.new')}</Link>
          <Link href={`${places['api-secret']}/new`}>{words('items.kinds.api-secret.new')}</Link>
        </div>
      </Card>
      <ScriptCard number={1} title={words('items.first.script')} />
    </>
  );
}
