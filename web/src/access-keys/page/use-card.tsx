import type { AccessKey } from '@arca/sdk';
import { useSession } from '../../session/use-session.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Card } from '../../ui/card.tsx';
import { Fact, Facts } from './facts.tsx';

/** How the key was used, as of a minute ago. */
export function UseCard({ accessKey }: { accessKey: AccessKey }) {
  const words = useWords();
  const { dateTime, relative, number } = useFormats();
  const { user } = useSession();
  const { lastUsedAt, lastAddress, uses, createdAt, owner, clientId } = accessKey;
  const both = (at: string) => `${dateTime(new Date(at))} · ${relative(new Date(at))}`;
  return (
    <Card title={words('accessKeys.page.use')}>
      <Facts>
        <Fact name={words('accessKeys.columns.lastUse')}>
          {lastUsedAt === null ? words('accessKeys.never') : both(lastUsedAt)}
        </Fact>
        <Fact name={words('accessKeys.columns.lastAddress')}>{lastAddress ?? words('accessKeys.page.noAddress')}</Fact>
        <Fact name={words('accessKeys.columns.uses')}>
          {words('accessKeys.page.uses', { count: uses, formatted: number(uses) })}
        </Fact>
        <Fact name={words('accessKeys.page.createdAt')}>{both(createdAt)}</Fact>
        <Fact name={words('accessKeys.columns.owner')}>{owner}</Fact>
        {owner !== user.username && (
          <Fact name={words('accessKeys.credentials.clientId')}>
            <code>{clientId}</code>
          </Fact>
        )}
      </Facts>
    </Card>
  );
}
