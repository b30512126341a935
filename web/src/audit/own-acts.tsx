import { useState } from 'react';
import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import type { AuditAddress } from './address.ts';
import { FilterDialog } from './filter-dialog.tsx';

type OwnActsProps = { address: AuditAddress; onChange: (address: AuditAddress) => void };

/** Tells a person who is no administrator what is shown, and how to see more of what is his. */
export function OwnActs({ address, onChange }: OwnActsProps) {
  const words = useWords();
  const [isChoosing, setChoosing] = useState(false);
  if (address.item !== null) return <Banner text={words('audit.own.ofItem')} />;
  return (
    <>
      <Banner
        title={words('audit.own.title')}
        text={words('audit.own.text')}
        action={
          <Button isSmall onPress={() => setChoosing(true)}>
            {words('audit.own.act')}
          </Button>
        }
      />
      <FilterDialog
        sort={isChoosing ? 'item' : undefined}
        address={address}
        onChange={onChange}
        onClose={() => setChoosing(false)}
      />
    </>
  );
}
