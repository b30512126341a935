import type { AccessKey, ReportedAccessKey } from '@arca/sdk';
import { useMemo } from 'react';
import { useSession } from '../../session/use-session.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import type { Column } from '../../ui/table/column.ts';
import type { Finding } from '../key-queries.ts';
import { useLimitWords } from '../use-limit-words.ts';
import styles from './report-columns.module.css';

const tones: Partial<Record<Finding, 'danger' | 'warning'>> = {
  'over-wide': 'danger',
  'owner-disabled': 'danger',
  'never-expires': 'warning',
  'expires-soon': 'warning',
};

type ReportColumnsInput = { hasOwners: boolean; onRevoke: (accessKey: AccessKey) => void };

/** Name and limits, what was found, and what to do about it at once. */
export function useReportColumns({ hasOwners, onRevoke }: ReportColumnsInput): Column<ReportedAccessKey>[] {
  const words = useWords();
  const formats = useFormats();
  const limits = useLimitWords();
  const { user } = useSession();
  return useMemo(() => {
    const columns: (Column<ReportedAccessKey> | false)[] = [
      {
        id: 'name',
        label: words('accessKeys.columns.name'),
        minWidth: 15,
        grow: 2,
        isFixed: true,
        card: 'title',
        cell: (key) => (
          <span className={styles.lines}>
            <span className={styles.text}>{key.name}</span>
            <span className={styles.second}>
              <span className={styles.text}>{limits(key)}</span>
            </span>
          </span>
        ),
      },
      {
        id: 'findings',
        label: words('accessKeys.report.found'),
        minWidth: 17,
        grow: 2,
        card: 'line',
        cell: ({ findings }) => (
          <span className={styles.findings}>
            {findings.map((finding) => (
              <Badge key={finding} tone={tones[finding]}>
                {words(`accessKeys.findings.${finding}`)}
              </Badge>
            ))}
          </span>
        ),
      },
      hasOwners && {
        id: 'owner',
        label: words('accessKeys.columns.owner'),
        minWidth: 6.5,
        grow: 0.6,
        cell: ({ owner }) => owner,
      },
      {
        id: 'lastUsedAt',
        label: words('accessKeys.columns.lastUse'),
        minWidth: 7.5,
        grow: 0,
        cell: ({ lastUsedAt }) =>
          lastUsedAt === null ? words('accessKeys.never') : formats.relative(new Date(lastUsedAt)),
      },
      {
        id: 'acts',
        label: words('accessKeys.report.acts'),
        minWidth: 11.5,
        grow: 0,
        cell: (key) => (
          <span className={styles.acts}>
            {key.owner === user.username && (
              <ButtonLink
                isSmall
                href={`/access-keys/${key.id}/change?at=${fieldOf(key.findings)}`}
                aria-label={words('accessKeys.report.change', { name: key.name })}
              >
                {words('accessKeys.acts.change')}
              </ButtonLink>
            )}
            <Button
              isSmall
              aria-label={words('accessKeys.report.revoke', { name: key.name })}
              onPress={() => onRevoke(key)}
            >
              {words('accessKeys.acts.revoke')}
            </Button>
          </span>
        ),
      },
    ];
    return columns.filter((column) => column !== false);
  }, [words, formats, limits, user.username, hasOwners, onRevoke]);
}

/** Where a change would best begin. */
function fieldOf(findings: readonly Finding[]): string {
  return findings.includes('over-wide') ? 'addresses' : 'period';
}
