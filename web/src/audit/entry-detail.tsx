import type { AuditEntry } from '@arca/sdk';
import { useQuery } from '@tanstack/react-query';
import { Braces, Check, FileQuestion } from 'lucide-react';
import { useMemo } from 'react';
import { pathOfItem, readItem } from '../api/item-name.ts';
import { ProblemPage } from '../api/problem-page.tsx';
import { useSession } from '../session/use-session.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Link } from '../ui/link.tsx';
import { Page } from '../ui/page-layout.tsx';
import { SkeletonPage } from '../ui/skeleton.tsx';
import { useCopy } from '../ui/use-copy.ts';
import { entryOf } from './audit-queries.ts';
import styles from './entry-detail.module.css';
import { useDetailWords } from './use-detail-words.ts';
import { useNames } from './use-names.ts';
import { textOf, useSentence } from './use-sentence.ts';

type EntryDetailProps = {
  /** As the address names the entry. */
  spelled: string;
  /** The item that is looked for: others than administrators see more with it. */
  item: string | null;
  /** The entry, where the list has it already. */
  known: AuditEntry | undefined;
};

/** Everything that is recorded of one act. */
export function EntryDetail({ spelled, item, known }: EntryDetailProps) {
  const words = useWords();
  const { data, error, refetch } = useQuery({ ...entryOf(spelled, item), enabled: known === undefined });
  const entry = known ?? data;
  if (entry) return <Entry entry={entry} />;
  if (error !== null) return <ProblemPage error={error} onRetry={() => void refetch()} />;
  if (entry === undefined) return <SkeletonPage />;
  return (
    <EmptyState icon={FileQuestion} title={words('audit.detail.gone.title')} text={words('audit.detail.gone.text')} />
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const words = useWords();
  const { locale, relative } = useFormats();
  const names = useNames(useMemo(() => [entry], [entry]));
  const { partsOf, nameOf } = useSentence(names);
  const { labelOf, detailOf } = useDetailWords(nameOf);
  const { id, at, event, user, accessKey, target, address, requestId, details } = entry;
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }).format(new Date(at));
  const json = JSON.stringify(entry, null, 2);
  const more = Object.entries(details);
  return (
    <Page
      form="reading"
      title={textOf(partsOf(entry))}
      lead={`${exact} · ${relative(new Date(at))}`}
      actions={<CopyJson json={json} />}
    >
      <Card title={words('audit.detail.title')}>
        <dl className={styles.facts}>
          <Fact name={words('audit.detail.who')}>{user ?? '–'}</Fact>
          {accessKey !== null && (
            <Fact name={words('audit.detail.key')}>
              <KeyName accessKey={accessKey} name={names.other('access-key', String(accessKey.id))} />
            </Fact>
          )}
          <Fact name={words('audit.detail.what')}>
            {target === null ? (
              words('audit.detail.nothing')
            ) : (
              <TargetName target={target} text={nameOf(target)} isKnown={isKnown(target, names)} />
            )}
          </Fact>
          <Fact name={words('audit.detail.from')}>{address ?? '–'}</Fact>
          <Fact name={words('audit.detail.at')}>
            <time dateTime={at}>{at}</time>
          </Fact>
          <Fact name={words('audit.detail.event')}>
            <code>{event}</code>
          </Fact>
          <Fact name={words('audit.detail.request')}>
            <code>{requestId}</code>
          </Fact>
          <Fact name={words('audit.detail.id')}>
            <code>{id}</code>
          </Fact>
        </dl>
      </Card>
      {more.length > 0 && (
        <Card title={words('audit.detail.more')}>
          <dl className={styles.facts}>
            {more.map(([name, value]) => (
              <Fact key={name} name={labelOf(name)}>
                {detailOf(name, value)}
              </Fact>
            ))}
          </dl>
        </Card>
      )}
    </Page>
  );
}

function CopyJson({ json }: { json: string }) {
  const words = useWords();
  const { isCopied, copy } = useCopy();
  return (
    <Button icon={isCopied ? Check : Braces} onPress={() => void copy(json, words('audit.detail.copied'))}>
      {words(isCopied ? 'ui.copied' : 'audit.detail.copyJson')}
    </Button>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}

/** What has a name here may be opened. */
function isKnown(target: string, names: ReturnType<typeof useNames>): boolean {
  const item = readItem(target);
  if (item !== null) return names.item(item) !== undefined;
  const [sort = '', id = ''] = target.split(':');
  return names.other(sort, id) !== undefined;
}

type TargetNameProps = { target: string; text: string; isKnown: boolean };

function TargetName({ target, text, isKnown }: TargetNameProps) {
  const item = readItem(target);
  const href = item === null ? target.replace(/^access-key:/, '/access-keys/') : pathOfItem(item);
  return isKnown && href.startsWith('/') ? <Link href={href}>{text}</Link> : text;
}

function KeyName({ accessKey, name }: { accessKey: NonNullable<AuditEntry['accessKey']>; name: string | undefined }) {
  const words = useWords();
  const { may } = useSession();
  const { id, clientId } = accessKey;
  const isOpen = name !== undefined || may.administer;
  return (
    <>
      {isOpen ? (
        <Link href={`/access-keys/${id}`}>{name ?? words('audit.targets.access-key', { name: String(id) })}</Link>
      ) : (
        words('audit.targets.access-key', { name: String(id) })
      )}{' '}
      <code>{clientId}</code>
    </>
  );
}
