import type { OwnFigures, StoredFigures } from '../../actions/figures/read-figures.ts';
import type { Spread } from '../../domain/spread.ts';
import type { RequestFigures } from './request-figures.ts';

/** What one scrape tells. `stored` is null when the store did not answer. */
export type Scraped = {
  version: string;
  requests: RequestFigures;
  own: OwnFigures;
  stored: StoredFigures | null;
  /** Receivers that the settings name: one that was taken out of them is behind for ever and troubles nobody. */
  receivers: readonly string[];
  now: number;
};

type Labels = Record<string, string | number>;
type Sample = { labels: Labels; value: number; metricName?: string };
export type Family = {
  name: string;
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  labels: readonly string[];
  samples(scraped: Scraped): Sample[];
};

const one = (value: number, labels: Labels = {}): Sample[] => [{ labels, value }];
const time = (milliseconds: number | null | undefined): Sample[] => (milliseconds ? one(milliseconds / 1000) : []);

function histogram(name: string, { bounds, counts, sum }: Spread, labels: Labels): Sample[] {
  let count = 0;
  const buckets = [...bounds, '+Inf'].map((le, at) => {
    count += counts[at] ?? 0;
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: count };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ];
}

/** Every metric of our own; docs/reference/metrics.md is held against this table. None has a value, a name or an address. */
export const families: readonly Family[] = [
  {
    name: 'arca_info',
    type: 'gauge',
    help: 'Always 1; its labels tell the version and the store.',
    labels: ['version', 'engine'],
    samples: ({ version, own }) => one(1, { version, engine: own.engine }),
  },
  {
    name: 'arca_store_up',
    type: 'gauge',
    help: '1 when the store answered this scrape within two seconds, else 0.',
    labels: [],
    samples: ({ stored }) => one(stored === null ? 0 : 1),
  },
  {
    name: 'arca_http_requests_total',
    type: 'counter',
    help: 'Requests answered. A path that is no route is `other`.',
    labels: ['method', 'route', 'status'],
    samples: ({ requests }) =>
      [...requests.all()].flatMap(({ method, route, statuses }) =>
        [...statuses].map(([status, value]) => ({ labels: { method, route, status }, value })),
      ),
  },
  {
    name: 'arca_http_request_seconds',
    type: 'histogram',
    help: 'Seconds from the first byte of a request to the last of its answer.',
    labels: ['method', 'route'],
    samples: ({ requests }) =>
      [...requests.all()].flatMap(({ method, route, seconds }) =>
        histogram('arca_http_request_seconds', seconds, { method, route }),
      ),
  },
  {
    name: 'arca_pump_waiting_actions',
    type: 'gauge',
    help: 'Actions that wait for a transaction now.',
    labels: [],
    samples: ({ own }) => one(own.waiting),
  },
  {
    name: 'arca_pump_batch_actions',
    type: 'histogram',
    help: 'Actions in one transaction.',
    labels: [],
    samples: ({ own }) => histogram('arca_pump_batch_actions', own.batches, {}),
  },
  {
    name: 'arca_pump_wait_seconds',
    type: 'histogram',
    help: 'Seconds that the oldest action of a batch had waited when the batch began.',
    labels: [],
    samples: ({ own }) => histogram('arca_pump_wait_seconds', own.waits, {}),
  },
  {
    name: 'arca_pump_commit_seconds',
    type: 'histogram',
    help: 'Seconds of a commit until it is durable: with the sync of the embedded store, or the answer of PostgreSQL.',
    labels: [],
    samples: ({ own }) => histogram('arca_pump_commit_seconds', own.commits, {}),
  },
  {
    name: 'arca_pump_failed_batches_total',
    type: 'counter',
    help: 'Batches that the store did not take; what can be run again is.',
    labels: [],
    samples: ({ own }) => one(own.failedBatches),
  },
  {
    name: 'arca_token_checks_total',
    type: 'counter',
    help: 'Access tokens that came: their signature was remembered, verified anew, or refused.',
    labels: ['result'],
    samples: ({ own: { tallies } }) => [
      ...one(tallies.tokensRemembered, { result: 'remembered' }),
      ...one(tallies.tokensVerified, { result: 'verified' }),
      ...one(tallies.tokensRefused, { result: 'refused' }),
    ],
  },
  {
    name: 'arca_open_cache_reads_total',
    type: 'counter',
    help: 'Items sought in the cache of open fields, which searches use.',
    labels: ['result'],
    samples: ({ own: { openCache } }) => [
      ...one(openCache.hits, { result: 'hit' }),
      ...one(openCache.misses, { result: 'miss' }),
    ],
  },
  {
    name: 'arca_open_cache_items',
    type: 'gauge',
    help: 'Items in that cache.',
    labels: [],
    samples: ({ own }) => one(own.openCache.items),
  },
  {
    name: 'arca_audit_unsent_entries',
    type: 'gauge',
    help: 'Audit entries that a receiver does not have yet.',
    labels: ['receiver'],
    samples: (scraped) => receiversOf(scraped).flatMap(({ name, behind }) => one(behind, { receiver: name })),
  },
  {
    name: 'arca_audit_lag_seconds',
    type: 'gauge',
    help: 'Age of the oldest of them; 0 when there is none.',
    labels: ['receiver'],
    samples: (scraped) =>
      receiversOf(scraped).flatMap(({ name, oldestAt }) =>
        one(oldestAt === null ? 0 : Math.max(0, scraped.now - oldestAt) / 1000, { receiver: name }),
      ),
  },
  {
    name: 'arca_audit_anchored_timestamp_seconds',
    type: 'gauge',
    help: 'When this node last anchored the audit outside the store; absent while it has not.',
    labels: [],
    samples: ({ own }) => time(own.tallies.anchoredAt),
  },
  {
    name: 'arca_audit_anchor_failures_total',
    type: 'counter',
    help: 'Anchors that could not be put in every place.',
    labels: [],
    samples: ({ own }) => one(own.tallies.anchorFailures),
  },
  {
    name: 'arca_backup_made_timestamp_seconds',
    type: 'gauge',
    help: 'When the latest backup was made; absent while there is none.',
    labels: [],
    samples: ({ stored }) => time(stored?.backupMadeAt),
  },
  {
    name: 'arca_backup_proven_timestamp_seconds',
    type: 'gauge',
    help: 'When a backup was last proven by a restore; absent while none was.',
    labels: [],
    samples: ({ stored }) => time(stored?.backupProvenAt),
  },
];

function receiversOf({ stored, receivers }: Scraped): StoredFigures['receivers'] {
  return (stored?.receivers ?? []).filter(({ name }) => receivers.includes(name));
}
