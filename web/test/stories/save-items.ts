import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { anyPassword, type TestSafe } from '../../../server/test/start-safe.ts';

export const seed = 'JBSWY3DPEHPK3PXP';

/** Makes items of this person; answers the number of each. */
export async function save(safe: TestSafe, username: string, kind: string, ...drafts: object[]): Promise<number[]> {
  const person = await safe.signIn(username);
  const numbers = [];
  for (const draft of drafts) {
    const { status, json, text } = await person.call('POST', `/api/v1/items/${kind}`, draft);
    assert.equal(status, 201, text);
    numbers.push((json as { number: number }).number);
  }
  return numbers;
}

export const password = (name: string, more: object = {}) => ({
  name,
  username: 'ana@example.com',
  password: 'not-A-real-1',
  url: 'https://example.com/sign-in',
  ...more,
});

/** With a name that people read. */
export async function addNamed(safe: TestSafe, username: string, name: string): Promise<void> {
  await safe.operator.run('user.add', { username, name, password: anyPassword });
}

export const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

export const toast = (page: Page, text: string) =>
  page.getByRole('region', { name: /Messages|Avisos/ }).getByText(text, { exact: true });

/** The page of the item, beside the list from 1100 px. */
export const details = (page: Page) => page.getByRole('region', { name: /Details|Detalhes/ });
