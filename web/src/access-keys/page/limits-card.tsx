import type { AccessKey } from '@arca/sdk';
import { useState } from 'react';
import { pathOfItem, spellItem } from '../../api/item-name.ts';
import { useItemCall } from '../../api/use-find-items.ts';
import { useItemNames } from '../../api/use-item-names.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Link } from '../../ui/link.tsx';
import { useRuleWords } from '../fields/use-rule-words.ts';
import { spellFingerprint } from '../fingerprint.ts';
import { useEndWords } from '../use-end-words.ts';
import { type Changeable, ChangeLink } from './change-link.tsx';
import { Fact, Facts } from './facts.tsx';
import styles from './limits-card.module.css';

type LimitsCardProps = { accessKey: AccessKey; isChangeable: boolean };

/** What the key may do, with what, from where, and until when. */
export function LimitsCard({ accessKey, isChangeable }: LimitsCardProps) {
  const words = useWords();
  const { dateTime } = useFormats();
  const endWords = useEndWords();
  const { explainAddress, explainReferer } = useRuleWords();
  const { id, tags, encryption, addresses, referers, fingerprint, items, readOnly, expiresAt, revokedAt } = accessKey;
  const change = (at: Changeable) => (isChangeable ? <ChangeLink id={id} at={at} /> : undefined);
  return (
    <Card title={words('accessKeys.page.limits')}>
      <Facts>
        <Fact name={words('accessKeys.fields.access')} action={change('access')}>
          {words(`accessKeys.access.${readOnly ? 'read' : 'write'}.name`)}
        </Fact>
        <Fact name={words('accessKeys.fields.reach')} action={change('reach')}>
          {items === null ? words('accessKeys.reach.all.name') : <ChosenItems items={items} />}
        </Fact>
        <Fact name={words('accessKeys.fields.addresses')} action={change('addresses')}>
          {addresses.length === 0 && words('accessKeys.page.anywhere')}
          {addresses.map((rule) => (
            <Rule key={rule} text={rule} meaning={explainAddress(rule)} />
          ))}
        </Fact>
        <Fact name={words('accessKeys.fields.fingerprint')} action={change('fingerprint')}>
          {fingerprint === null ? words('accessKeys.page.noCertificate') : <code>{spellFingerprint(fingerprint)}</code>}
        </Fact>
        <Fact name={words('accessKeys.fields.referers')} action={change('referers')}>
          {referers.length === 0 && words('accessKeys.page.anyPage')}
          {referers.map((rule) => (
            <Rule key={rule} text={rule} meaning={explainReferer(rule)} />
          ))}
        </Fact>
        <Fact name={words('accessKeys.fields.encryption')}>{words(`accessKeys.encryption.${encryption}.review`)}</Fact>
        <Fact name={words('accessKeys.fields.period')} action={change('period')}>
          {revokedAt !== null
            ? words('accessKeys.page.revokedAt', { time: dateTime(new Date(revokedAt)) })
            : expiresAt === null
              ? words('accessKeys.page.noEnd')
              : endWords(new Date(expiresAt))}
        </Fact>
        {tags.length > 0 && (
          <Fact name={words('accessKeys.fields.tags')}>
            <span className={styles.tags}>
              {tags.map((tag) => (
                <Badge key={tag}>{tag}</Badge>
              ))}
            </span>
          </Fact>
        )}
      </Facts>
    </Card>
  );
}

function Rule({ text, meaning }: { text: string; meaning: string | null }) {
  return (
    <span>
      <code>{text}</code> <span className={styles.note}>{meaning}</span>
    </span>
  );
}

const fewItems = 8;

function ChosenItems({ items }: { items: NonNullable<AccessKey['items']> }) {
  const words = useWords();
  const call = useItemCall();
  const [isAll, setAll] = useState(items.length <= fewItems);
  const names = useItemNames(items);
  return (
    <>
      <ul className={styles.items}>
        {items.slice(0, isAll ? items.length : fewItems).map((item) => {
          const name = names.get(spellItem(item));
          return (
            <li key={spellItem(item)}>
              {name === undefined ? (
                call(spellItem(item))
              ) : (
                <>
                  <Link href={pathOfItem(item)}>{name}</Link>{' '}
                  <span className={styles.note}>{call(spellItem(item))}</span>
                </>
              )}
            </li>
          );
        })}
      </ul>
      {!isAll && (
        <span>
          <Button isSmall onPress={() => setAll(true)}>
            {words('accessKeys.page.allItems', { count: items.length })}
          </Button>
        </span>
      )}
    </>
  );
}
