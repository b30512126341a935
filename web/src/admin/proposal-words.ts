import type { Proposal } from '@arca/sdk';
import { useMemo } from 'react';
import { useWords } from '../text/use-words.ts';

/** A proposal in words: what it asks for, as a sentence and as a question, and why a second administrator is asked. */
export function useProposalWords() {
  const words = useWords();
  return useMemo(
    () => (proposal: Proposal) => {
      const name = proposal.role === 'member' ? 'takeAdmin' : keyOfAction[proposal.action];
      const filled = { user: proposal.username ?? '', group: proposal.group ?? '', heir: proposal.heir ?? '' };
      return {
        what: words(`admin.proposals.acts.${name}.what`, filled),
        question: words(`admin.proposals.acts.${name}.question`, filled),
        effect: words(`admin.proposals.acts.${name}.effect`, filled),
        why: words(`admin.proposals.acts.${name}.why`, filled),
        done: words(`admin.proposals.acts.${name}.done`, filled),
      };
    },
    [words],
  );
}

const keyOfAction = {
  'user.set-password': 'setPassword',
  'user.change': 'makeAdmin',
  'user.enable': 'enableUser',
  'user.disable': 'disableUser',
  'user.remove-second-factor': 'removeFactor',
  'user.seize-items': 'seizeItems',
  'group.add-member': 'addMember',
  'group.enable': 'enableGroup',
} as const satisfies Record<Proposal['action'], string>;
