import type { AccessKey } from '@arca/sdk';
import { useCallback, useState } from 'react';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { useWords } from '../text/use-words.ts';
import { showToast } from '../ui/toast.tsx';

/** Reads the private key of an access key and hands it to the browser as a file; the safe records it. */
export function useDownload() {
  const words = useWords();
  const explain = useProblemWords();
  const [isBusy, setBusy] = useState(false);
  const download = useCallback(
    async ({ id, clientId, name }: AccessKey) => {
      setBusy(true);
      try {
        const pem = await arca.accessKeys.viewPrivateKey({ id });
        saveFile(new Blob([pem], { type: 'application/x-pem-file' }), `${clientId}.key`);
        showToast({ tone: 'success', text: words('accessKeys.downloaded', { name }) });
      } catch (error) {
        const { what, next } = explain(error);
        showToast({ tone: 'danger', text: what, detail: next });
      } finally {
        setBusy(false);
      }
    },
    [words, explain],
  );
  return { download, isBusy };
}

function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
