import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, tokenOf } from '../bench.ts';
import { startBystander } from '../bystander.ts';
import { figureOf } from '../measure.ts';
import type { Row } from '../row.ts';
import { signIn } from '../signed-in.ts';
import { readLoad } from './read.ts';

const rows = 40_000;
const items = 1000;

/** Plans and applies a file of 40,000 rows while somebody else goes on reading. */
export async function measureImport(bench: Bench): Promise<Row[]> {
  const { engine } = bench;
  const filled = await bench.filled(items, 'for itself');
  const safe = await bench.serve(filled, 'import');
  const reader = await signIn(safe.url, 'reader');
  const bystander = startBystander(safe.url, readLoad(await tokenOf(filled, safe.url), items).requests);
  const from = performance.now();
  const content = Buffer.from(csv()).toString('base64');
  const { id, counts } = await reader.call<Planned>('POST', '/imports', { file: 'chrome.csv', content });
  if (counts.new !== rows) throw new Error(`${counts.new} of ${rows} rows were new`);
  const planned = (performance.now() - from) / 1000;
  await reader.call('POST', `/imports/${id}/apply`, {});
  for (;;) {
    const { status } = await reader.call<Planned>('GET', `/imports/${id}`);
    if (status === 'finished') break;
    if (status !== 'applying') throw new Error(`the import is ${status}`);
    await sleep(100);
  }
  const seconds = (performance.now() - from) / 1000;
  bench.say(`planned after ${planned.toFixed(1)} s, applied after ${seconds.toFixed(1)} s`);
  const p99 = await bystander.stop();
  await safe.stop();
  const common = { engine, against: 'absolute', sides: {} } as const;
  const what = `import of ${rows.toLocaleString('en')} rows`;
  return [
    { ...common, ...figureOf([seconds]), what, unit: 's', reach: { atMost: 60 } },
    { ...common, ...figureOf([p99]), what: 'read, p99 beside it', unit: 'ms', reach: { atMost: 100 } },
  ];
}

type Planned = { id: number; status: string; counts: { new: number } };

function csv(): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    return `Site ${at},https://site-${at}.example.com/sign-in,user${at}@example.com,secret-${at}-of-many,"Kept since ${at}"`;
  });
  return `name,url,username,password,note\n${lines.join('\n')}\n`;
}
