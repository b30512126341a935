import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { inBrowser, inspect, openStories, widths } from './open-page.ts';

const stories = openStories();
const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click();
const step = (page: Page, name: string) => page.getByRole('heading', { level: 2, name }).waitFor();
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

async function addPassword(username: string, name: string): Promise<number> {
  const person = await stories.safe.signIn(username);
  const body = { name, username: 'postgres', password: 'x7-Qq' };
  return ((await person.call('POST', '/api/v1/items/password', body)).json as { number: number }).number;
}

/** What a program does with a key: a token, and a call with it. */
async function tokenOf(clientId: string, clientSecret: string) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  const response = await fetch(`${stories.safe.url}/api/oauth2/token`, { method: 'POST', body });
  return { status: response.status, token: ((await response.json()) as { access_token?: string }).access_token };
}

test('a key is added in five steps, nothing typed is lost, and it works as it was said', inBrowser, async () => {
  const database = await addPassword('ana', 'Production database');
  const other = await addPassword('ana', 'Mail relay');
  await stories.visit({ as: 'ana', path: '/access-keys' }, async (page) => {
    await page.getByRole('heading', { name: 'No access keys yet' }).waitFor();
    await page.getByText('a script or a service fetches secrets by itself').waitFor();
    assert.equal(await page.title(), 'Access keys · Arca');
    await page.getByRole('link', { name: 'Add your first access key' }).click();

    await step(page, 'Application');
    await next(page);
    await page.getByText('Give the key a name.').waitFor();
    await page.getByLabel('Name').fill('Nightly backup');
    await page.getByLabel('Description').fill('Reads the database password every night.');
    await page.getByLabel('Tags').fill('operations,');
    await next(page);

    await step(page, 'Security');
    await page.getByLabel('Allowed addresses').fill('127.0.0.0/8\n10.0.0');
    await page.getByText('16,777,216 addresses').waitFor();
    await page.getByText('not an address yet').waitFor();
    await next(page);
    await page.getByText('10.0.0 is neither an address nor a block').waitFor();
    await page.getByLabel('Allowed addresses').fill('127.0.0.0/8\n10.0.0.5');
    await page.getByText('10.0.0 is neither').waitFor({ state: 'detached' });
    await next(page);

    await step(page, 'Data');
    await next(page);
    await page.getByText('Choose at least one item.').waitFor();
    await page.getByRole('combobox', { name: 'Items' }).fill('database');
    await page.getByRole('option', { name: 'Production database' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('list', { name: '1 chosen item' }).getByText('Production database').waitFor();
    await next(page);

    await step(page, 'Period');
    await page.getByText('Until it is revoked').click();
    await page.getByText('A key without an end is easily forgotten').waitFor();
    await page.getByText('Until a date').click();
    await page.getByRole('button', { name: 'In 30 days' }).click();

    // Back by the browser, by the button and by the step; everything is still there.
    await page.goBack();
    await page.getByRole('list', { name: '1 chosen item' }).waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    assert.equal(await page.getByLabel('Allowed addresses').inputValue(), '127.0.0.0/8\n10.0.0.5');
    await page.getByRole('button', { name: 'Application' }).click();
    assert.equal(await page.getByLabel('Name').inputValue(), 'Nightly backup');
    await page.getByText('operations', { exact: true }).first().waitFor();
    for (const name of ['Security', 'Data', 'Period', 'Review']) {
      await next(page);
      await step(page, name);
    }

    await page.getByText('It may be used from 127.0.0.0/8 and 10.0.0.5 only.').waitFor();
    await page.getByText('It reads 1 item and nothing else:').waitFor();
    await page.getByText(/^It works until .+ \(in 30 days\)\.$/).waitFor();
    await page.getByRole('button', { name: 'Add access key' }).click();

    await page.getByRole('heading', { name: 'Access key added' }).waitFor();
    assert.equal(await page.title(), 'Access key added · Arca');
    assert.ok(!(await page.getByRole('main').textContent())?.includes('Give the key'));
    await page.getByRole('button', { name: 'Copy: Client ID' }).click();
    const clientId = await clipboard(page);
    await page.getByRole('button', { name: 'View: Secret' }).click();
    await page.getByText(/^Hides in \d+ seconds$/).waitFor();
    await page.getByRole('button', { name: 'Copy: Secret' }).click();
    await page.getByText('Secret copied').first().waitFor();
    const clientSecret = await clipboard(page);
    await page.getByRole('button', { name: 'Hide: Secret' }).click();
    assert.ok(clientSecret.length > 20 && !(await page.content()).includes(clientSecret));

    const { token } = await tokenOf(clientId, clientSecret);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const wire = await fetch(`${stories.safe.url}/api/mysafe/password/${database}`, { headers });
    assert.equal(wire.status, 200);
    assert.match(await wire.text(), /x7-Qq/);
    const reveal = (number: number) =>
      fetch(`${stories.safe.url}/api/v1/items/password/${number}/reveal`, { method: 'POST', headers, body: '{}' });
    const revealed = await reveal(database);
    assert.equal(((await revealed.json()) as { secrets: { password: string } }).secrets.password, 'x7-Qq');
    assert.equal((await reveal(other)).status, 403);

    await page.getByRole('button', { name: 'Copy: Lines for the terminal' }).click();
    await page.getByText('Lines for the terminal copied').first().waitFor();
    const listed = await inShell(await clipboard(page));
    assert.deepEqual(
      listed?.items.map(({ name }) => name),
      listed && ['Production database'],
    );
    assert.equal(page.url(), `${stories.safe.url}/access-keys/new?step=review`);
    await page.getByRole('link', { name: 'Open the key' }).click();
    await page.getByRole('heading', { name: 'Nightly backup' }).waitFor();
  });
});

test('each step holds in light and dark', inBrowser, async () => {
  await addPassword('ines', 'Production database');
  await stories.visit({ as: 'ines', path: '/access-keys' }, async (page) => {
    await page.getByRole('heading', { name: 'No access keys yet' }).waitFor();
    await inspect(page, 'access-keys', 'empty');
    await page.getByRole('link', { name: 'Add your first access key' }).click();
    await page.getByLabel('Name').fill('Nightly backup');
    await inspect(page, 'access-keys', 'wizard-1');
    await next(page);
    await page.getByLabel('Allowed addresses').fill('10.0.0.0/8\n2001:db8::/32\n10.0.0');
    await next(page);
    await page.getByText('10.0.0 is neither').waitFor();
    await inspect(page, 'access-keys', 'wizard-2');
    await page.getByLabel('Allowed addresses').fill('10.0.0.0/8');
    await next(page);
    await page.getByRole('combobox', { name: 'Items' }).fill('database');
    await page.getByRole('option', { name: 'Production database' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('list', { name: '1 chosen item' }).waitFor();
    await inspect(page, 'access-keys', 'wizard-3');
    await next(page);
    await page.getByText('Until it is revoked').click();
    await page.getByText('A key without an end').waitFor();
    await inspect(page, 'access-keys', 'wizard-4');
    await next(page);
    await step(page, 'Review');
    await inspect(page, 'access-keys', 'wizard-5');
    await page.getByRole('button', { name: 'Add access key' }).click();
    await page.getByRole('heading', { name: 'Access key added' }).waitFor();
    await inspect(page, 'access-keys', 'added');
  });
});

/** What the lines print as JSON; null where there is no curl. */
async function inShell(lines: string): Promise<{ items: { name: string }[] } | null> {
  const run = promisify(execFile);
  const hasCurl = await run('curl', ['--version']).then(
    () => true,
    () => false,
  );
  return hasCurl ? JSON.parse((await run('sh', ['-c', lines])).stdout) : null;
}

test('the wizard is done by the keyboard alone', inBrowser, async () => {
  await addPassword('kim', 'Router');
  await addPassword('kim', 'Printer');
  await stories.visit({ as: 'kim', path: '/access-keys/new' }, async (page) => {
    const { keyboard } = page;
    const isAt = (name: string) => page.waitForFunction((name) => document.activeElement?.textContent === name, name);
    await page.getByLabel('Name').focus();
    await keyboard.type('Probe');
    await keyboard.press('Enter');
    await isAt('Security');
    for (let tries = 0; tries < 6 && !(await isFocused(page, 'addresses')); tries += 1) await keyboard.press('Tab');
    await keyboard.type('127.0.0.1');
    for (let tries = 0; tries < 6 && !(await isFocused(page, 'Next')); tries += 1) await keyboard.press('Tab');
    await keyboard.press('Enter');
    await isAt('Data');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await page.getByRole('option', { name: 'Printer' }).waitFor();
    await keyboard.type('rout');
    await page.getByRole('option', { name: 'Printer' }).waitFor({ state: 'detached' });
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await keyboard.press('Escape'); // the list that waits for the next one
    await page.getByRole('list', { name: '1 chosen item' }).waitFor();
    for (let tries = 0; tries < 8 && !(await isFocused(page, 'Next')); tries += 1) await keyboard.press('Tab');
    await keyboard.press('Enter');
    await isAt('Period');
    for (let tries = 0; tries < 16 && !(await isFocused(page, 'Next')); tries += 1) await keyboard.press('Tab');
    await keyboard.press('Enter');
    await isAt('Review');
    for (let tries = 0; tries < 8 && !(await isFocused(page, 'Add access key')); tries += 1)
      await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Access key added' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'main');
  });
});

/** Whether the focus is on the button of that name or the field of that one. */
async function isFocused(page: Page, name: string): Promise<boolean> {
  return await page.evaluate((name) => {
    const element = document.activeElement;
    return element?.textContent === name || element?.getAttribute('name') === name;
  }, name);
}

test('on a phone and in Portuguese it is the same wizard', inBrowser, async () => {
  await addPassword('bia', 'Banco de dados');
  const path = '/access-keys/new';
  await stories.visit({ as: 'bia', path, width: widths.phone, locale: 'pt-BR' }, async (page) => {
    const advance = () => page.getByRole('button', { name: 'Avançar' }).click();
    await page.getByText('Etapa 1 de 5').waitFor();
    await page.getByLabel('Nome').fill('Backup noturno');
    await advance();
    await page.getByLabel('Endereços permitidos').fill('127.0.0.1');
    await page.getByText('um endereço', { exact: true }).waitFor();
    await advance();
    await page.getByRole('combobox', { name: 'Itens' }).fill('banco');
    await page.getByRole('option', { name: 'Banco de dados' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('list', { name: '1 item escolhido' }).waitFor();
    await inspect(page, 'access-keys', 'pt-wizard-3');
    await advance();
    await advance();
    await page.getByText('Lê 1 item e nada mais:').waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
    await page.getByRole('button', { name: 'Adicionar chave de acesso' }).click();
    await page.getByRole('heading', { name: 'Chave de acesso adicionada' }).waitFor();
    await inspect(page, 'access-keys', 'pt-added');
  });
});
