// The keys of the safe are replaced on their page while the safe is open.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callApi } from './call-api.ts';
import { addUser, inBrowser, inspect, openStories, widths } from './open-page.ts';
import { password, save, toast } from './save-items.ts';

const stories = openStories();

type Keys = { keys: { purpose: string; state: string; id: string }[]; rotation: { finishedAt: string | null } | null };

for (const width of [widths.desk, widths.phone]) {
  test(`an administrator replaces a key and all stays readable, at ${width} px`, inBrowser, async () => {
    const who = `ada${width}`;
    await addUser(stories.safe, who, 'admin');
    const [number] = await save(stories.safe, who, 'password', password('Mail'), password('Bank'));
    await stories.visit({ as: who, path: '/admin/keys', width }, async (page) => {
      const read = async () => (await callApi(page, 'GET', '/safe-keys')).json as unknown as Keys;
      const current = ({ keys }: Keys) => keys.find((key) => key.purpose === 'data' && key.state === 'current')?.id;
      await page.getByRole('heading', { name: 'Keys', exact: true }).waitFor();
      const before = await read();
      assert.ok(current(before));
      await inspect(page, 'admin', 'keys');
      await page.getByRole('button', { name: 'Replace: Data key' }).click();
      await page.getByRole('alertdialog').waitFor();
      await inspect(page, 'admin', 'keys-replace', { isCovered: true });
      await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
      assert.equal(current(await read()), current(before));
      await page.getByRole('button', { name: 'Replace: Data key' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Replace' }).click();
      await toast(page, 'Begun: Data key').waitFor();
      while ((await read()).rotation?.finishedAt === null) await page.waitForTimeout(50);
      assert.notEqual(current(await read()), current(before));
      // Buttons are pressable again once the page saw the end.
      await page.getByRole('button', { name: 'Replace: Data key' }).and(page.locator(':enabled')).waitFor();
      const revealed = await callApi(page, 'POST', `/items/password/${number}/reveal`, {});
      assert.equal(revealed.status, 200);
    });
  });
}
