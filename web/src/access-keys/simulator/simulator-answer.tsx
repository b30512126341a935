import type { AccessKey, KeySimulation } from '@arca/sdk';
import { CircleCheck, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { pathOfItem, readItem } from '../../api/item-name.ts';
import { useWords } from '../../text/use-words.ts';
import { Link } from '../../ui/link.tsx';
import { type Changeable, ChangeLink } from '../page/change-link.tsx';
import type { Reason } from './simulation.ts';
import styles from './simulator-answer.module.css';

/** Where what stands against a call is changed: a field of the key, its item, or nowhere here. */
const cures: Partial<Record<Reason, Changeable | 'item'>> = {
  key_expired: 'period',
  address: 'addresses',
  referer: 'referers',
  certificate: 'fingerprint',
  key_read_only: 'access',
  item_not_chosen: 'reach',
  item_disabled: 'item',
};

/** Yes or no, in words. */
export function useVerdict(): (simulation: KeySimulation) => string {
  const words = useWords();
  return ({ works, reasons }) =>
    works ? words('accessKeys.simulator.works') : words('accessKeys.simulator.fails', { count: reasons.length });
}

type SimulatorAnswerProps = {
  accessKey: AccessKey;
  simulation: KeySimulation;
  /** The item that was asked of, as `password:12`. */
  item: string | null;
};

/** Yes, or every reason why not, each with the way to change it. */
export function SimulatorAnswer({ accessKey, simulation, item }: SimulatorAnswerProps) {
  const words = useWords();
  const { works, reasons } = simulation;
  const title = useVerdict()(simulation);
  const cureOf = (reason: Reason): ReactNode => {
    const cure = cures[reason];
    const named = readItem(item ?? '');
    if (cure === 'item') {
      return named && <Link href={pathOfItem(named)}>{words('accessKeys.simulator.openItem')}</Link>;
    }
    return cure && accessKey.state !== 'revoked' && <ChangeLink id={accessKey.id} at={cure} />;
  };
  return (
    <div data-works={works} className={styles.answer}>
      <p className={styles.title}>
        {works ? <CircleCheck size={18} /> : <CircleX size={18} />}
        <strong>{title}</strong>
      </p>
      {works && <p>{words('accessKeys.simulator.worksNow')}</p>}
      {!works && (
        <ul className={styles.reasons}>
          {reasons.map(({ code, detail }) => (
            <li key={code} className={styles.reason}>
              <span>{words(`accessKeys.reasons.${code}`, { defaultValue: detail })}</span>
              {cureOf(code)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
