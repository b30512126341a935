import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSafe } from '../../../server/test/start-safe.ts';
import { callApi } from './call-api.ts';
import { inBrowser, inspect, openStories } from './open-page.ts';

const stories = openStories({ ARCA_OUTBOUND_ALLOWED: '127.0.0.1' });
const file = [
  'name,url,username,password,note',
  'Wiki,https://wiki.example.com,ana,first,',
  'Shop,https://shop.example.com,ana,second,',
  `Long,https://long.example.com,ana,third,${'n'.repeat(10_001)}`,
];

test('a file is planned, applied and undone, and items leave as a file', inBrowser, async () => {
  await stories.visit({ as: 'ana' }, async (page) => {
    // Whoever has nothing yet is shown the way; it is in the menu of the account as well.
    await page.goto(new URL('/passwords', page.url()).href);
    await page.getByRole('link', { name: 'Import and export' }).click();
    await page.getByRole('heading', { name: 'Import and export', level: 1 }).waitFor();
    const buffer = Buffer.from(`${file.join('\n')}\n`);
    await page.setInputFiles('input[type=file]', { name: 'chrome.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'Plan the import' }).click();
    await page.getByText('2 new, 0 the same, 0 changed, 1 rejected').waitFor();
    await page.getByText('Notes: longer than 10,000 characters').waitFor();
    await inspect(page, 'imports', 'plan');
    await page.getByRole('radio', { name: 'Rejected' }).click();
    await page.getByRole('rowheader', { name: 'Wiki' }).waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Long/ }).click();
    await page.getByRole('dialog', { name: 'Long' }).getByText('https://long.example.com').waitFor();
    await inspect(page, 'imports', 'row', { isCovered: true });
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: 'All' }).click();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('2 created, 0 updated, 0 left, 0 undone, 0 kept').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();
    await page.getByText('2 created, 0 updated, 0 left, 2 undone, 0 kept').waitFor();
    await page.getByRole('button', { name: 'Export items' }).click();
    await page.getByLabel('Passphrase', { exact: true }).fill('seven wooden boats');
    await inspect(page, 'imports', 'export');
    const leaving = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: 'Export items' }).click();
    await leaving;
  });
});

test('a plan is discarded, and what is wrong with a file is said in Portuguese too', inBrowser, async () => {
  await stories.visit({ as: 'dora', path: '/profile/imports', locale: 'pt-BR' }, async (page) => {
    const plan = async (name: string, text: string | Buffer) => {
      await page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text as string) });
      await page.getByRole('button', { name: 'Planejar a importação' }).click();
    };
    await plan('latin.csv', Buffer.from('name,url,username,password\nx,,ana,senha\xe7\n', 'latin1'));
    await page.getByText('Arquivo ilegível. Ele não está em UTF-8.').waitFor();
    await plan('chrome.csv', `${file.join('\n')}\nOnly,,,,\n`);
    await page.getByText('Observações: mais de 10.000 caracteres').waitFor();
    await page.getByText('Não contém nada além de um nome').waitFor();
    await inspect(page, 'imports', 'plan-pt');
    await page.getByRole('button', { name: 'Descartar o plano' }).click();
    await page.getByText('O plano foi descartado').waitFor();
    await page.getByText('Nenhuma ainda.').waitFor();
    assert.equal((await callApi(page, 'GET', '/imports')).json.imports.length, 0);
  });
});

test('a file is imported from an export of Arca, and a table tells that it does not hold it', inBrowser, async () => {
  const fields = { name: 'Deed', fileName: 'deed.txt', content: Buffer.from('deed').toString('base64'), size: 4 };
  const items = [
    { kind: 'file', fields },
    { kind: 'file', fields: { ...fields, name: 'Forged', content: { size: 4, parts: [] } } },
  ];
  await stories.visit({ as: 'caio', path: '/profile/imports' }, async (page) => {
    const buffer = Buffer.from(JSON.stringify({ format: 'arca-items-1', items }));
    await page.setInputFiles('input[type=file]', { name: 'arca.json', mimeType: 'application/json', buffer });
    await page.getByRole('button', { name: 'Plan the import' }).click();
    await page.getByText('1 new, 0 the same, 0 changed, 1 rejected').waitFor();
    await page.getByText('Its content is not base64').waitFor();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('1 created, 0 updated, 0 left, 0 undone, 0 kept').waitFor();
    await page.getByRole('button', { name: 'Export items' }).click();
    await page.getByText('Files come along up to 8 MiB each and 20 MiB in all.').waitFor();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Format/ })
      .click();
    await page.getByRole('option', { name: 'Table, not encrypted (CSV)' }).click();
    await page.getByText('Your files are not in it.').waitFor();
    const leaving = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: 'Export items' }).click();
    await leaving;
    await page.getByText('Files, which a table cannot hold: 1.').waitFor();
  });
});

test('what another MySafe holds is fetched with a key of there, and received with a receipt', inBrowser, async () => {
  const other = await startSafe('sqlite');
  try {
    const owner = await other.person('otto');
    for (const name of ['Mail', 'Bank']) {
      const made = await owner.call('POST', '/api/v1/items/password', {
        name,
        username: 'otto',
        password: 'not-A-real-1',
      });
      assert.equal(made.status, 201, made.text);
    }
    await stories.visit({ as: 'bea', path: '/profile/imports' }, async (page) => {
      await page.getByRole('radio', { name: 'From another MySafe' }).click();
      await page.getByLabel('Address').fill(other.url);
      await page.getByLabel('Client ID').fill(owner.clientId);
      await page.getByLabel('Client secret', { exact: true }).fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByText('It does not accept the access key from here.').waitFor();
      await inspect(page, 'imports', 'mysafe');
      await page.getByLabel('Client secret', { exact: true }).fill(owner.clientSecret);
      await page.keyboard.press('Enter');
      await page.getByText('2 new, 0 the same, 0 changed, 0 rejected').waitFor();
      await page.getByText('Passwords: 2').waitFor();
      await page.getByText(/^[0-9a-f]{64}$/).waitFor();
      assert.equal(await page.getByLabel('Client secret', { exact: true }).inputValue(), '');
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('2 created, 0 updated, 0 left, 0 undone, 0 kept').waitFor();
      await inspect(page, 'imports', 'mysafe-received');
      const found = await callApi(page, 'GET', '/items?q=bank');
      assert.equal(found.json.total, 1);
    });
  } finally {
    await other.close();
  }
});
