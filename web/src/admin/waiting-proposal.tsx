import type { Proposal } from '@arca/sdk';
import { useState } from 'react';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { useSession } from '../session/use-session.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { showToast } from '../ui/toast.tsx';
import styles from './admin.module.css';
import { useProposalWords } from './proposal-words.ts';
import { readAllAnew } from './use-proposals.ts';

type Decision = 'confirm' | 'reject';

/** One that waits: what, why a second administrator is asked, and his two answers. Whoever made it may take it back. */
export function WaitingProposal({ proposal }: { proposal: Proposal }) {
  const words = useWords();
  const explain = useProblemWords();
  const { username: me } = useSession().user;
  const [asked, setAsked] = useState<Decision | null>(null);
  const { what, why, question, effect, done } = useProposalWords()(proposal);
  const isMine = proposal.proposedBy === me;
  const decide = async (decision: Decision) => {
    const input = { id: proposal.id };
    await (decision === 'confirm' ? arca.proposals.confirm(input) : arca.proposals.reject(input));
    const text =
      decision === 'confirm' ? done : words(isMine ? 'admin.proposals.takenBack' : 'admin.proposals.rejected');
    showToast({ tone: 'success', text });
    await readAllAnew();
  };
  const reject = words(isMine ? 'admin.proposals.takeBack' : 'admin.proposals.reject');
  return (
    <Card>
      <div className={styles.proposal}>
        <div className={styles.proposalHead}>
          <h3>{what}</h3>
          {isMine && <Badge>{words('admin.proposals.yours')}</Badge>}
        </div>
        <ProposedBy proposal={proposal} />
        <p>
          <strong>{words('admin.proposals.why')}</strong> {why}
        </p>
        <div className={styles.proposalActions}>
          {isMine && <p className={styles.soft}>{words('admin.proposals.notYou')}</p>}
          <Button onPress={() => setAsked('reject')} aria-label={`${reject}: ${what}`}>
            {reject}
          </Button>
          {!isMine && (
            <Button
              variant="primary"
              onPress={() => setAsked('confirm')}
              aria-label={`${words('admin.proposals.confirm')}: ${what}`}
            >
              {words('admin.proposals.confirm')}
            </Button>
          )}
        </div>
      </div>
      <ConfirmDialog
        isOpen={asked === 'confirm'}
        onOpenChange={() => setAsked(null)}
        title={question}
        text={effect}
        confirmLabel={words('admin.proposals.confirm')}
        onConfirm={() => decide('confirm')}
        explain={(error) => explain(error).whole}
      />
      <ConfirmDialog
        isOpen={asked === 'reject'}
        onOpenChange={() => setAsked(null)}
        title={words(isMine ? 'admin.proposals.takeBackQuestion' : 'admin.proposals.rejectQuestion')}
        text={words('admin.proposals.rejectThen', { what })}
        confirmLabel={reject}
        onConfirm={() => decide('reject')}
        explain={(error) => explain(error).whole}
      />
    </Card>
  );
}

function ProposedBy({ proposal: { proposedBy, createdAt, endsAt } }: { proposal: Proposal }) {
  const words = useWords();
  const formats = useFormats();
  return (
    <p className={styles.by}>
      <Avatar size="small" name={proposedBy} />
      <span>
        {words('admin.proposals.by', {
          by: proposedBy,
          ago: formats.relative(new Date(createdAt)),
          until: formats.date(new Date(endsAt)),
        })}
      </span>
    </p>
  );
}
