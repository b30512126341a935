import { useState } from 'react';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextArea } from '../ui/text-area.tsx';
import type { ReasonAsk } from './reasons.ts';

export function OpenReasonDialog({ ask }: { ask: ReasonAsk }) {
  const words = useWords();
  const [reason, setReason] = useState(ask.before);
  const [isMissing, setMissing] = useState(false);
  const give = () => {
    if (reason.trim() === '') setMissing(true);
    else ask.answer(reason.trim());
  };
  return (
    <Dialog
      isOpen
      onOpenChange={() => ask.answer(null)}
      title={words('items.reason.title', { name: ask.item.name })}
      lead={words('items.reason.lead')}
      actions={
        <>
          <Button onPress={() => ask.answer(null)}>{words('ui.cancel')}</Button>
          <Button variant="primary" onPress={give}>
            {words('items.reason.act')}
          </Button>
        </>
      }
    >
      <TextArea
        autoFocus
        label={words('items.reason.label')}
        value={reason}
        onChange={setReason}
        maxLength={1000}
        error={isMissing && reason.trim() === '' ? words('items.reason.missing') : undefined}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) give();
          else event.continuePropagation();
        }}
      />
    </Dialog>
  );
}
