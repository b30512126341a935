import type { Proposal } from '@arca/sdk';
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { showToast } from '../ui/toast.tsx';
import { useProposalWords } from './proposal-words.ts';

/** Says that nothing was done yet, who must confirm it, and until when. `text` says it of a single act, in its words. */
export function useProposedToast() {
  const words = useWords();
  const formats = useFormats();
  const explain = useProposalWords();
  const [, navigate] = useLocation();
  return useCallback(
    (proposal: Proposal, text?: string): void => {
      const until = formats.date(new Date(proposal.endsAt));
      showToast({
        text: text ?? words('admin.proposed.title', { what: explain(proposal).what }),
        detail: words('admin.proposed.next', { until }),
        action: { label: words('admin.proposed.show'), onAction: () => navigate('/admin/proposals') },
      });
    },
    [words, formats, explain, navigate],
  );
}
