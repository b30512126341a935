import { useState } from 'react';
import { useSession } from '../../session/use-session.ts';
import { useWords } from '../../text/use-words.ts';
import { Breadcrumbs } from '../../ui/breadcrumbs.tsx';
import { Page } from '../../ui/page-layout.tsx';
import { MayNotAdd } from '../may-not-add.tsx';
import { KeyAdded } from './key-added.tsx';
import { KeyWizard } from './key-wizard.tsx';

/** Five steps to a new access key, and then what its program needs. */
export function NewKeyPage() {
  const words = useWords();
  const { may } = useSession();
  const [added, setAdded] = useState<number>();
  if (added !== undefined) return <KeyAdded id={added} onAddAnother={() => setAdded(undefined)} />;
  const title = words('accessKeys.add');
  return (
    <Page
      form="reading"
      title={title}
      above={<Breadcrumbs steps={[{ label: words('accessKeys.title'), href: '/access-keys' }, { label: title }]} />}
    >
      {may.makeKeys ? <KeyWizard onAdded={setAdded} /> : <MayNotAdd />}
    </Page>
  );
}
