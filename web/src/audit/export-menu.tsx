import { Braces, Download, Table } from 'lucide-react';
import { arca } from '../api/arca.ts';
import { asks } from '../api/asks.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.tsx';
import type { AuditSearch } from './address.ts';

/** The list for spreadsheets, or the whole audit with what proves it. An audit may be large: the browser saves it. */
export function ExportMenu({ search }: { search: AuditSearch }) {
  const words = useWords();
  const explain = useProblemWords();
  const save = async (query: Record<string, string>) => {
    try {
      if (!(await isProven())) return;
      follow(`/api/v1/audit/export?${new URLSearchParams(query)}`);
      showToast({ tone: 'success', text: words('audit.export.begun'), detail: words('audit.export.begunNote') });
    } catch (error) {
      const { what, next } = explain(error);
      showToast({ tone: 'danger', text: what, detail: next });
    }
  };
  return (
    <Menu
      label={words('audit.export.act')}
      trigger={<Button icon={Download}>{words('audit.export.act')}</Button>}
      groups={[
        {
          entries: [
            {
              id: 'csv',
              label: words('audit.export.csv'),
              note: words('audit.export.csvNote'),
              icon: Table,
              onAction: () => void save({ format: 'csv', ...(search as Record<string, string>) }),
            },
            {
              id: 'jsonl',
              label: words('audit.export.jsonl'),
              note: words('audit.export.jsonlNote'),
              icon: Braces,
              onAction: () => void save({ format: 'jsonl' }),
            },
          ],
        },
      ]}
    />
  );
}

/** A download cannot ask for a proof by itself: it is asked for before, where it has grown old. */
async function isProven(): Promise<boolean> {
  const { provenUntil } = await arca.session.read();
  return provenUntil !== null || (await asks.proof.wait());
}

function follow(path: string): void {
  const link = document.createElement('a');
  link.href = path;
  link.download = '';
  link.click();
}
