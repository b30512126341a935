import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Metric, Registry } from '@prometheus-io/client';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import packageJson from '../../../package.json' with { type: 'json' };
import { readOwnFigures, readStoredFigures, type StoredFigures } from '../../actions/figures/read-figures.ts';
import type { Safe } from '../../actions/safe.ts';
import { addressAllowed } from '../../domain/address.ts';
import { Refusal } from '../../domain/errors.ts';
import { SettingProblem, type Settings } from '../../settings.ts';
import { sendRefusal } from '../mysafe/errors.ts';
import { originOf } from '../origin.ts';
import type { Throttle } from '../throttle.ts';
import { families, type Scraped } from './families.ts';
import type { RequestFigures } from './request-figures.ts';

const shortestToken = 16;
/** A store that hangs must not make the scrape hang with it. */
const storePatience = 2000;
/** However often and by whomever it is scraped, the store is asked no more than this. */
const storedFresh = 5000;

/** `/metrics` for who is listed or has the token; to all others it is not there. */
export function metrics(safe: Safe, settings: Settings, throttle: Throttle, requests: RequestFigures) {
  const token = settings.metricsTokenFile === null ? null : digestOf(readToken(settings.metricsTokenFile));
  const stored = rememberStored(safe);
  let registry: Promise<Registry> | null = null;
  let latest: Scraped | null = null;

  const mayRead = (request: FastifyRequest): boolean => {
    const [, sent] = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token !== null && sent !== undefined) return timingSafeEqual(token, digestOf(sent));
    const { address } = originOf(request, settings);
    return settings.metricsFrom.length > 0 && !isPassedOn(request) && addressAllowed(settings.metricsFrom, address);
  };
  // A proxy that the operator did not name makes every caller look like its own machine.
  const isPassedOn = ({ headers, ip, socket }: FastifyRequest): boolean =>
    ip === socket.remoteAddress &&
    ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].some((name) => headers[name] !== undefined);

  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.get('/metrics', async (request, reply) => {
      if (!mayRead(request)) {
        const isGuess = token !== null && request.headers.authorization !== undefined;
        const wait = isGuess ? await throttle.failed(originOf(request, settings).address, 'metrics') : null;
        return sendRefusal(reply, wait ?? new Refusal('route_unknown', {}));
      }
      latest = {
        version: packageJson.version,
        requests,
        own: readOwnFigures(safe),
        stored: await stored(),
        receivers: [...(settings.syslogUrl ? ['syslog'] : []), ...(settings.webhookUrl ? ['webhook'] : [])],
        now: +safe.clock(),
      };
      registry ??= openRegistry(() => latest);
      const open = await registry;
      return reply.type(open.contentType).send(await open.metrics());
    });
    done();
  };
}

/** Loaded and begun by the first scrape: who has no use for metrics pays nothing for the watching of the process. */
async function openRegistry(latest: () => Scraped | null): Promise<Registry> {
  const client = await import('@prometheus-io/client');
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry });
  for (const { name, help, type, samples } of families) {
    // Our counters are counted elsewhere: the registry gets what they say when it asks.
    const metric = {
      name,
      get() {
        const scraped = latest();
        return { name, help, type, values: scraped === null ? [] : samples(scraped) };
      },
    };
    registry.registerMetric(metric as unknown as Metric<string>);
  }
  return registry;
}

function rememberStored(safe: Safe): () => Promise<StoredFigures | null> {
  let asked: Promise<StoredFigures | null> | null = null;
  return async () => {
    if (asked === null) {
      asked = readStoredFigures(safe).catch(() => null);
      setTimeout(() => {
        asked = null;
      }, storedFresh).unref();
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, storePatience, null);
    });
    const found = await Promise.race([asked, late]);
    clearTimeout(timer);
    return found;
  };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function readToken(path: string): string {
  const problem = (what: string) => new SettingProblem(`ARCA_METRICS_TOKEN_FILE ${what}.`);
  let text: string;
  try {
    if ((statSync(path).mode & 0o077) !== 0) throw problem('must be of mode 0600: others can read it');
    text = readFileSync(path, 'utf8').trim();
  } catch (thrown) {
    if (thrown instanceof SettingProblem) throw thrown;
    throw problem('names a file that cannot be read');
  }
  if (text.length < shortestToken || /\s/.test(text)) {
    throw problem(`must hold one word of at least ${shortestToken} characters`);
  }
  return text;
}
