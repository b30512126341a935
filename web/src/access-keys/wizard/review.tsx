import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { isAnywhere } from '../../api/address-rules.ts';
import { spellItem } from '../../api/item-name.ts';
import { useItemCall } from '../../api/use-find-items.ts';
import { useItemNames } from '../../api/use-item-names.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { readFingerprint, spellFingerprint } from '../fingerprint.ts';
import { endOf, type KeyValues } from '../key-values.ts';
import { linesOf } from '../lines.ts';
import { useEndWords } from '../use-end-words.ts';
import styles from './review.module.css';
import { steps } from './steps.ts';

type ReviewProps = { values: KeyValues; onEdit: (step: number) => void };

/** Everything that was said, in sentences, each with the way back to it. */
export function Review({ values, onEdit }: ReviewProps) {
  const words = useWords();
  const isOverWide = isAnywhere(linesOf(values.addresses)) && values.reach === 'all' && values.access === 'write';
  const parts = [
    <Application key="application" values={values} />,
    <Security key="security" values={values} />,
    <Data key="data" values={values} />,
    <Period key="period" values={values} />,
  ];
  return (
    <div className={styles.review}>
      {isOverWide && (
        <Banner tone="warning" title={words('accessKeys.review.wide')} text={words('accessKeys.review.wideWhy')} />
      )}
      {parts.map((part, at) => {
        const name = words(`accessKeys.steps.${(steps[at] ?? steps[0]).id}.name`);
        return (
          <section key={part.key} aria-label={name} className={styles.part}>
            <h3 className={styles.name}>{name}</h3>
            <div className={styles.said}>{part}</div>
            <Button
              isSmall
              variant="quiet"
              icon={Pencil}
              aria-label={words('accessKeys.review.editPart', { part: name })}
              onPress={() => onEdit(at)}
            >
              {words('accessKeys.review.edit')}
            </Button>
          </section>
        );
      })}
    </div>
  );
}

function Application({ values: { name, description, tags } }: { values: KeyValues }) {
  const words = useWords();
  const { list } = useFormats();
  return (
    <>
      <p>
        <strong>{name}</strong>
      </p>
      {description.trim() !== '' && <p>{description}</p>}
      {tags.length > 0 && <p>{words('accessKeys.review.tags', { tags: list(tags), count: tags.length })}</p>}
    </>
  );
}

function Security({ values }: { values: KeyValues }) {
  const words = useWords();
  const { list } = useFormats();
  const addresses = linesOf(values.addresses);
  const referers = linesOf(values.referers);
  const fingerprint = readFingerprint(values.fingerprint);
  return (
    <>
      <p>{words(`accessKeys.encryption.${values.encryption}.review`)}</p>
      <p>
        {isAnywhere(addresses)
          ? words('accessKeys.review.anywhere')
          : words('accessKeys.review.addresses', { addresses: list(addresses) })}
      </p>
      {fingerprint !== null && (
        <Line text={words('accessKeys.review.certificate')}>
          <code>{spellFingerprint(fingerprint)}</code>
        </Line>
      )}
      {referers.length > 0 && <p>{words('accessKeys.review.referers', { referers: list(referers) })}</p>}
    </>
  );
}

function Line({ text, children }: { text: string; children: ReactNode }) {
  return (
    <p>
      {text} {children}
    </p>
  );
}

const mostNamed = 10;

function Data({ values: { reach, items, access } }: { values: KeyValues }) {
  const words = useWords();
  const { list } = useFormats();
  const call = useItemCall();
  const names = useItemNames(items);
  const named = items.slice(0, mostNamed).map((item) => names.get(spellItem(item)) ?? call(spellItem(item)));
  const more = items.length - named.length;
  const all = more > 0 ? [...named, words('accessKeys.review.moreItems', { count: more })] : named;
  return (
    <>
      <p>{words(`accessKeys.review.${access}.${reach}`, { count: items.length })}</p>
      {reach === 'chosen' && <p>{list(all)}</p>}
    </>
  );
}

function Period({ values }: { values: KeyValues }) {
  const words = useWords();
  const endWords = useEndWords();
  if (values.period === 'revoked') {
    return <Banner tone="warning" title={words('accessKeys.period.warning')} text={words('accessKeys.period.why')} />;
  }
  return <p>{endWords(endOf(values))}</p>;
}
