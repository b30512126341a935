import { setImmediate as breathe } from 'node:timers/promises';
import type { Examined } from '../../domain/password-health.ts';
import { findItem, findOpenItems, openContent, openFields } from '../../storage/items.ts';
import { strengthsOf } from '../../storage/strengths.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import type { PasswordTags } from './password-tags.ts';

const slice = 100;

/**
 * How these passwords are, and their URLs. Secrets are opened here where their tag is not known yet, and none leaves:
 * nothing is recorded. Others are served between two slices.
 */
export async function examine(
  tx: ReadTx,
  tags: PasswordTags,
  numbers: readonly number[],
): Promise<(Examined & { url: string })[]> {
  const examined: (Examined & { url: string })[] = [];
  for (let at = 0; at < numbers.length; at += slice) {
    const items = await findOpenItems(tx, 'password', numbers.slice(at, at + slice));
    const judged = await strengthsOf(
      tx,
      items.map(({ head }) => head),
    );
    for (const item of items) {
      const { number, ownerId, updatedAt } = item.head;
      const tag = tags.find(item.head) ?? (await tagOf(tx, tags, number));
      const url = String(openFields(tx, item).url ?? '');
      examined.push({ number, ownerId, updatedAt, tag, url, strength: judged.get(number) ?? 'pending' });
    }
    await breathe();
  }
  return examined;
}

async function tagOf(tx: ReadTx, tags: PasswordTags, number: number): Promise<string> {
  const item = await findItem(tx, 'password', number, 'none');
  return item ? tags.keep(item.head, String(openContent(tx, item).password ?? '')) : '';
}
