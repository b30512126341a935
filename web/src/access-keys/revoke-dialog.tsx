import type { AccessKey } from '@arca/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { keyOf } from '../api/query-keys.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { showToast } from '../ui/toast.tsx';

type RevokeDialogProps = { accessKey: AccessKey; onClose: () => void };

/** It cannot be undone: what will stop working is told by how the key was used. */
export function RevokeDialog({ accessKey, onClose }: RevokeDialogProps) {
  const words = useWords();
  const explain = useProblemWords();
  const { relative, number } = useFormats();
  const queries = useQueryClient();
  const { id, name, lastUsedAt, lastAddress, uses } = accessKey;
  // The page may have been open for long: what is told here of its use is read anew.
  useEffect(() => void queries.invalidateQueries({ queryKey: keyOf('accessKeys') }), [queries]);
  const revoke = async () => {
    await arca.accessKeys.revoke({ id });
    await queries.invalidateQueries({ queryKey: keyOf('accessKeys') });
    showToast({ tone: 'success', text: words('accessKeys.revoked', { name }) });
  };
  const use =
    lastUsedAt === null
      ? words('accessKeys.revoke.unused')
      : words('accessKeys.revoke.used', {
          when: relative(new Date(lastUsedAt)),
          address: lastAddress ?? '–',
          count: uses,
          formatted: number(uses),
        });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={words('accessKeys.revoke.title', { name })}
      text={`${use} ${words('accessKeys.revoke.final')}`}
      confirmLabel={words('accessKeys.acts.revoke')}
      isDangerous
      onConfirm={revoke}
      explain={(error) => explain(error).whole}
    />
  );
}
