import { useQueryClient } from '@tanstack/react-query';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { keyOf } from '../api/query-keys.ts';
import { useWords } from '../text/use-words.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { showToast } from '../ui/toast.tsx';

export type Rotating = { what: 'data' | 'index' | 'rows' | 'signing' | 'pepper'; reseal: boolean };

/** Asks before keys are replaced: the old ones do not come back. */
export function RotateDialog({ rotating, onClose }: { rotating: Rotating; onClose: () => void }) {
  const words = useWords();
  const explain = useProblemWords();
  const queries = useQueryClient();
  const { what, reseal } = rotating;
  const name = words(`admin.keys.${what}.name`);
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={words('admin.keys.question', { name })}
      text={words(reseal ? 'admin.keys.resealEffect' : `admin.keys.${what}.effect`)}
      confirmLabel={words(reseal ? 'admin.keys.reseal' : 'admin.keys.replace')}
      explain={(error) => explain(error).whole}
      onConfirm={async () => {
        await arca.safeKeys.rotate(reseal ? { what, reseal } : { what });
        showToast({ tone: 'success', text: words('admin.keys.begun', { name }) });
        await queries.invalidateQueries({ queryKey: keyOf('safeKeys') });
      }}
    />
  );
}
