import { leastPart } from '../../src/domain/upload.ts';
import { begin, sendPart, upload } from '../files/upload.ts';
import type { Answer, Person, SignedIn, TestSafe } from '../start-safe.ts';
import { askAgain, askAsDevice } from '../tokens/device-calls.ts';
import { done } from '../v1/problem.ts';
import { failOnce } from './fail-once.ts';

type Marks = { plain: string; both(where: string): string; keep(answer: Answer): Answer };

/** Puts a file into the safe with marks in its name and content, changes it, leaves an upload half done, and fails. */
export async function bringFiles(safe: TestSafe, ana: Person, { plain, both, keep }: Marks): Promise<void> {
  const content = Buffer.from(both('content').repeat(leastPart / 20));
  const first = await upload(ana, content, leastPart, both('file name'), 'text/plain');
  const made = await ana.call('POST', '/api/v1/items/file', {
    ...{ name: both('name'), notes: both('notes'), tags: [both('tag')], upload: first },
  });
  const { number } = done<{ number: number }>(keep(made), 201);
  const second = await upload(ana, Buffer.from(both('another content')));
  const path = `/api/v1/items/file/${number}`;
  keep(await ana.call('PATCH', path, { upload: second }));
  keep(await ana.call('GET', `${path}/content`));
  const left = await begin(ana, content, both('left'));
  keep(await sendPart(ana, left, content, 0, leastPart));
  keep(await ana.call('PUT', `/api/v1/uploads/${left}/parts/7`, content.subarray(7)));
  keep(await ana.call('PUT', `/api/v1/uploads/${plain}/parts/0`, content));
  keep(await ana.call('POST', '/api/v1/uploads', { size: 9e9, fileName: both('too large'), mediaType: both('media') }));
  keep(await ana.call('POST', '/api/v1/items/file', { name: both('name'), upload: plain }));
  keep(await ana.call('GET', `${path}/content`, undefined, { range: `bytes=${plain}`, 'if-range': plain }));
  const next = () => ana.call('PUT', `/api/v1/uploads/${left}/parts/${leastPart}`, content.subarray(leastPart));
  await failOnce(safe, async () => keep(await next()), 'blobs');
}

/** Lets a device in whose name is a mark; its codes and its key are secrets too. */
export async function bringDevice(
  safe: TestSafe,
  person: SignedIn,
  texts: Map<string, string>,
  { plain, both, keep }: Marks,
): Promise<void> {
  const begun = await askAsDevice(safe, { device_name: both('device') });
  texts.set('a user code', begun.userCode);
  texts.set('a device code', begun.deviceCode);
  const decide = (userCode: string) => person.call('POST', '/api/v1/device-sign-ins/allow', { userCode });
  keep(await decide(begun.userCode));
  texts.set(
    'the client secret of a device',
    done<{ client_secret: string }>(await askAgain(safe, begun.deviceCode)).client_secret,
  );
  keep(await decide(plain.slice(0, 20)));
  keep((await askAsDevice(safe, { device_name: both('long').repeat(9) })).answer);
  keep(await askAgain(safe, begun.deviceCode));
  keep(await askAgain(safe, both('device code')));
  const waiting = await askAsDevice(safe, { device_name: both('waiting device') });
  texts.set('a code that waits', waiting.userCode);
  texts.set('a device code that waits', waiting.deviceCode);
  await failOnce(safe, async () => keep(await askAgain(safe, waiting.deviceCode)), 'device_sign_ins');
}
