import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Link } from '../ui/link.tsx';
import { useProposalWords } from './proposal-words.ts';
import { useWaitingProposals } from './use-proposals.ts';

type WaitingProposalsProps = { groupId?: number; username?: string };

/** On the page of a user or group: what was proposed for it and waits for a second administrator. */
export function WaitingProposals({ groupId, username }: WaitingProposalsProps) {
  const words = useWords();
  const formats = useFormats();
  const explain = useProposalWords();
  const about = useWaitingProposals().filter((one) =>
    groupId === undefined ? one.username === username : one.groupId === groupId,
  );
  return about.map((proposal) => (
    <Banner
      key={proposal.id}
      tone="warning"
      title={explain(proposal).what}
      text={words('admin.proposed.waits', {
        by: proposal.proposedBy,
        until: formats.date(new Date(proposal.endsAt)),
      })}
      action={<Link href="/admin/proposals">{words('admin.proposed.show')}</Link>}
    />
  ));
}
