import type { Item } from '@arca/sdk';
import { Eye } from 'lucide-react';
import { useMemo } from 'react';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { SecretText } from '../../ui/secret-text.tsx';
import { showToast } from '../../ui/toast.tsx';
import type { SecretName } from '../fields.ts';
import { compareTexts, type Part } from '../history/differences.ts';
import { useBriefSecrets } from '../history/use-brief-secrets.ts';
import { revealField } from '../reveal.ts';
import { useExplain } from '../use-explain.ts';
import type { Clash, Side } from './conflict.ts';
import styles from './conflict-dialog.module.css';

type ClashChoiceProps = {
  id: string;
  clash: Clash;
  item: Item;
  who: string;
  side: Side | undefined;
  onChoose: (side: Side) => void;
  isMissing: boolean;
};

const mask = '••••••••••••';

/** One field that both changed: my text and the other's, one of which is saved. */
export function ClashChoice({ id, clash, item, who, side, onChoose, isMissing }: ClashChoiceProps) {
  const words = useWords();
  const label = words(`items.fields.${clash.field}`);
  return (
    <fieldset className={styles.clash} aria-describedby={isMissing ? `${id}error` : undefined}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.sides}>
        {(['mine', 'theirs'] as const).map((one) => (
          <label key={one} className={styles.side} data-chosen={side === one || undefined}>
            <span className={styles.whose}>
              <input type="radio" name={id} checked={side === one} onChange={() => onChoose(one)} />
              {one === 'mine' ? words('items.conflict.mine') : words('items.conflict.theirs', { who })}
            </span>
            {clash.isSecret ? (
              <SecretSide clash={clash} item={item} side={one} label={label} />
            ) : (
              <OpenSide clash={clash} side={one} />
            )}
          </label>
        ))}
      </div>
      {isMissing && (
        <p id={`${id}error`} role="alert" className={styles.error}>
          {words('items.conflict.missing')}
        </p>
      )}
    </fieldset>
  );
}

function OpenSide({ clash: { mine, theirs }, side }: { clash: Clash; side: Side }) {
  const words = useWords();
  const parts = useMemo(() => compareTexts(mine, theirs ?? '')[side === 'mine' ? 0 : 1], [mine, theirs, side]);
  if (parts.length === 0) return <span className={styles.empty}>{words('ui.secret.empty')}</span>;
  return <span className={styles.text}>{parts.map(marked)}</span>;
}

function marked({ text, isDifferent }: Part, at: number) {
  return isDifferent ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>;
}

type SecretSideProps = { clash: Clash; item: Item; side: Side; label: string };

/** Hidden until somebody asks; the other's is read then, which the safe records. */
function SecretSide({ clash, item, side, label }: SecretSideProps) {
  const words = useWords();
  const explain = useExplain();
  const { secrets, show } = useBriefSecrets<string>(label);
  const view = async () => {
    try {
      show(side === 'mine' ? clash.mine : await revealField(item, clash.field as SecretName));
    } catch (error) {
      const text = explain(error);
      if (text !== null) showToast({ tone: 'danger', text });
    }
  };
  if (secrets === '') return <span className={styles.empty}>{words('ui.secret.empty')}</span>;
  if (secrets !== null)
    return (
      <span className={styles.text}>
        <SecretText text={secrets} />
      </span>
    );
  return (
    <span className={styles.masked}>
      <span role="img" aria-label={words('ui.secret.masked', { label })}>
        {mask}
      </span>
      <Button isSmall icon={Eye} onPress={() => void view()}>
        {words('ui.secret.view')}
        <span className="unseen"> {words(`items.conflict.${side === 'mine' ? 'mine' : 'other'}`)}</span>
      </Button>
    </span>
  );
}
