import type { Proposal } from '@arca/sdk';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Badge } from '../ui/badge.tsx';
import type { Tone } from '../ui/banner.tsx';
import styles from './admin.module.css';
import { useProposalWords } from './proposal-words.ts';

const tones = {
  waiting: 'neutral',
  confirmed: 'success',
  rejected: 'danger',
  ended: 'neutral',
} as const satisfies Record<Proposal['state'], Tone>;

export function DecidedProposal({ proposal }: { proposal: Proposal }) {
  const words = useWords();
  const formats = useFormats();
  const explain = useProposalWords();
  const { state, proposedBy, decidedBy, decidedAt, endsAt } = proposal;
  const end = new Date(decidedAt ?? endsAt);
  const at = formats.dateTime(end);
  const isTakenBack = state === 'rejected' && decidedBy === proposedBy;
  const said = isTakenBack ? 'takenBack' : state;
  return (
    <li className={styles.decided}>
      <span className={styles.decidedWords}>
        <span>{explain(proposal).what}</span>
        <span className={styles.soft}>
          {said === 'confirmed' && words('admin.proposals.confirmedBy', { by: decidedBy ?? '', proposedBy, at })}
          {said === 'rejected' && words('admin.proposals.rejectedBy', { by: decidedBy ?? '', proposedBy, at })}
          {said === 'takenBack' && words('admin.proposals.takenBackBy', { proposedBy, at })}
          {said === 'ended' && words('admin.proposals.endedBy', { proposedBy })}
        </span>
      </span>
      <Badge tone={isTakenBack ? 'neutral' : tones[state]}>{words(`admin.proposals.states.${said}`)}</Badge>
    </li>
  );
}
