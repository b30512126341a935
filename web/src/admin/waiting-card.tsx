import { useSession } from '../session/use-session.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Card } from '../ui/card.tsx';
import { Link } from '../ui/link.tsx';
import styles from './admin.module.css';
import { useProposalWords } from './proposal-words.ts';
import { useWaitingProposals } from './use-proposals.ts';

const most = 3;

/** On the panel: what waits for this administrator. Nothing is shown while nothing does. */
export function WaitingCard() {
  const words = useWords();
  const formats = useFormats();
  const explain = useProposalWords();
  const { username: me } = useSession().user;
  const waiting = useWaitingProposals().filter(({ proposedBy }) => proposedBy !== me);
  if (waiting.length === 0) return null;
  return (
    <Card
      title={words('admin.panel.waiting', { count: waiting.length })}
      actions={<Link href="/admin/proposals">{words('admin.panel.decide')}</Link>}
    >
      <ul className={styles.plainList}>
        {waiting.slice(0, most).map((proposal) => (
          <li key={proposal.id} className={styles.decided}>
            <span className={styles.decidedWords}>
              <span>{explain(proposal).what}</span>
              <span className={styles.soft}>
                {words('admin.proposals.by', {
                  by: proposal.proposedBy,
                  ago: formats.relative(new Date(proposal.createdAt)),
                  until: formats.date(new Date(proposal.endsAt)),
                })}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
