import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anyPassword } from '../../../server/test/start-safe.ts';
import { enrol } from '../../../server/test/v1/sign-in-steps.ts';
import { callApi, pick } from './call-api.ts';
import { addUser, inBrowser, inspect, openStories, widths } from './open-page.ts';

const stories = openStories();

const url = 'https://mail.example.org/inbox';

test('the panel counts, and shows each chart as a table', inBrowser, async () => {
  await stories.visit({ as: 'ana', role: 'admin', path: '/admin' }, async (page) => {
    for (const who of ['bea', 'cai']) {
      const other = await stories.safe.signIn(who);
      await other.call('POST', '/api/v1/items/password', {
        name: 'Mail',
        username: who,
        password: `${who} 7Kx-vQ9mLz`,
        url,
      });
    }
    for (const name of ['Mail', 'Router']) {
      const made = await callApi(page, 'POST', '/items/password', { name, username: 'root', password: 'x-9', url });
      await callApi(page, 'POST', `/items/password/${made.json.number}/reveal`, {});
    }
    await page.reload();
    await page.getByRole('heading', { name: 'Panel' }).waitFor();
    const items = page.getByRole('listitem').filter({ hasText: /^Items/ });
    await items.getByText('4', { exact: true }).waitFor();
    const ailing = page.getByRole('table', { name: 'People with weak or reused passwords' });
    // The safe judges and counts in the background.
    while (!(await ailing.getByRole('row', { name: 'ana 2 2' }).isVisible())) {
      await page.reload();
      await page.getByText('Passwords by strength').waitFor();
    }
    await page.getByText('mail.example.org').waitFor();
    await inspect(page, 'admin', 'panel');
    for (let left = 5; left > 0; left -= 1) await page.getByRole('button', { name: 'Show as table' }).first().click();
    await page.getByRole('rowheader', { name: 'API secrets', exact: true }).waitFor();
    assert.equal(await page.getByRole('rowheader').count(), 8 + 4 + 1 + 1 + 30 + 30);
    await page.mouse.move(0, 0); // a tooltip is no part of the page
    await inspect(page, 'admin', 'panel-tables');
  });
});

test('one administrator proposes, the other confirms', inBrowser, async () => {
  await addUser(stories.safe, 'dora', 'admin');
  await addUser(stories.safe, 'ben');
  await stories.visit({ as: 'ana', role: 'admin', path: '/admin/groups' }, async (page) => {
    await page.getByRole('heading', { name: 'Make the first user group' }).waitFor();
    await page.getByRole('button', { name: 'New user group' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill('Finance');
    await page.getByRole('dialog').getByRole('button', { name: 'New user group' }).click();
    await page.getByRole('heading', { name: 'Finance' }).waitFor();
    const id = Number(/\d+$/.exec(page.url())?.[0]);
    const made = await callApi(page, 'POST', '/items/password', { name: 'Bank', username: 'pay', password: 'x-9' });
    await callApi(page, 'PUT', `/items/password/${made.json.number}/shares/groups/${id}`, { role: 'viewer' });
    await page.reload();
    await page.getByText('he must confirm each new member').waitFor();
    await pick(page, 'Add a member', 'ben');
    await page.getByText('ben is not in Finance yet').waitFor();
    await page.getByText('Nothing was done yet.').waitFor();
    await page.getByRole('heading', { name: 'Finance' }).waitFor();
    await page.getByText('Proposed by ana.').waitFor();
    await inspect(page, 'admin', 'group-proposed');
    await page.goto(`${stories.safe.url}/admin/proposals`);
    await page.getByText('Another administrator must confirm this.').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Confirm/ }).count(), 0);

    await stories.visit({ as: 'dora', path: '/admin' }, async (second) => {
      await second.getByText('1 proposal waits for you').waitFor();
      const place = second
        .getByRole('navigation')
        .first()
        .getByRole('link', { name: /Proposals/ });
      assert.match(await place.innerText(), /1$/);
      await place.click();
      await second.getByRole('heading', { name: 'Add ben to Finance' }).waitFor();
      await inspect(second, 'admin', 'proposals');
      await second.getByRole('button', { name: 'Confirm: Add ben to Finance' }).click();
      await second.getByRole('alertdialog').getByText('sees at once').waitFor();
      await inspect(second, 'admin', 'confirm', { isCovered: true });
      await second.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).click();
      await second.getByText('ben added to Finance').waitFor();
      await second.getByText('Proposed by ana, confirmed by dora').waitFor();
      await second.getByText('Nothing waits.').waitFor();
      await inspect(second, 'admin', 'decided');
    });
    await page.goto(`${stories.safe.url}/admin/groups/${id}`);
    await page.getByRole('list', { name: 'Members' }).getByText('ben').waitFor();
  });
});

test('a password is proposed and taken back: the old one counts', inBrowser, async () => {
  await addUser(stories.safe, 'dora', 'admin');
  await addUser(stories.safe, 'ben');
  await stories.visit({ as: 'ana', role: 'admin', path: '/admin/users/ben', locale: 'pt-BR' }, async (page) => {
    await page.getByRole('button', { name: 'Mais', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Definir senha' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Outro administrador precisa confirmar').waitFor();
    await dialog.getByRole('button', { name: 'Gerar' }).click();
    await inspect(page, 'admin', 'set-password', { isCovered: true });
    await dialog.getByRole('button', { name: 'Definir senha' }).click();
    await page.getByText('Nada foi feito ainda.').waitFor();
    await page.getByRole('button', { name: 'Ver propostas' }).click();
    await page.getByRole('button', { name: 'Retirar: Definir uma nova senha para ben' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Retirar' }).click();
    await page.getByText('Proposta e retirada por ana').waitFor();
    const { status } = await stories.safe.call('POST', '/api/v1/session', { username: 'ben', password: anyPassword });
    assert.equal(status, 201);
  });
});

test(
  'the items of somebody who has left go to another when a second administrator confirms it',
  inBrowser,
  async () => {
    await addUser(stories.safe, 'dora', 'admin');
    const leo = await stories.safe.person('leo');
    await leo.call('POST', '/api/mysafe/note', { name: 'left behind', note: 'x' });
    await enrol(await stories.safe.signIn('leo'), new Date());
    await stories.visit({ as: 'ana', role: 'admin', path: '/admin/users/leo' }, async (page) => {
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Remove second factor' }).click();
      await page.getByRole('alertdialog').getByText('be sure that it is leo').waitFor();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Remove second factor' }).click();
      await page.getByText('Nothing was done yet.').waitFor();
      await stories.safe.operator.run('user.disable', { username: 'leo' });
      await page.reload();
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Give items to somebody' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Give items' }).click();
      await page.getByText('Choose the new owner.').waitFor();
      await page.getByRole('combobox', { name: 'New owner' }).fill('ana');
      await page.getByRole('option', { name: 'ana' }).click();
      await inspect(page, 'admin', 'give-items', { isCovered: true });
      await page.getByRole('dialog').getByRole('button', { name: 'Give items' }).click();
      await page.getByText('Nothing was done yet.').waitFor();
      await stories.visit({ as: 'dora', path: '/admin/proposals' }, async (second) => {
        await second.getByRole('button', { name: 'Confirm: Give the items of leo to ana' }).click();
        await second.getByRole('alertdialog').getByText('becomes the owner of all').waitFor();
        await second.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).click();
        await second.getByText('The items of leo now belong to ana').waitFor();
        await second.getByRole('button', { name: 'Confirm: Remove the second factor of leo' }).click();
        await second.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).click();
        await second.getByText('Second factor of leo removed').waitFor();
        await second.getByText('Nothing waits.').waitFor();
      });
      const { json } = await callApi(page, 'GET', '/items?q=left');
      assert.equal(json.items[0].owner, 'ana');
    });
  },
);

test('a policy is saved, and who saved meanwhile is shown', inBrowser, async () => {
  const other = await stories.safe.signIn('dora', 'admin');
  await stories.visit({ as: 'ana', role: 'admin', path: '/admin/policies' }, async (page) => {
    await page.getByText('Only chosen users and groups').click();
    await pick(page, 'Chosen users', 'ana');
    await inspect(page, 'admin', 'policies');
    await page.getByText('They decide over everybody').click();
    await page.getByText('You have no second factor yourself').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Save' }).isDisabled(), true);
    await page.getByText('Nobody: it is optional').click();
    await page.getByRole('textbox', { name: 'Minutes without use' }).fill('20');
    await page.keyboard.press('Tab');

    const changed = await other.call('PATCH', '/api/v1/policy', { idleMinutes: 45, sessionHours: 9 });
    assert.equal(changed.status, 200);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else saved first').waitFor();
    await page.getByText('Stands now: 45 min').waitFor();
    await page.getByText('Yours: 20 min').waitFor();
    await inspect(page, 'admin', 'conflict');
    await page.getByRole('button', { name: 'Save mine' }).click();
    await page.getByText('Policies saved').waitFor();
    const { json } = await callApi(page, 'GET', '/policy');
    assert.equal(json.idleMinutes, 20);
    assert.equal(json.sessionHours, 9);
    assert.deepEqual(json.keyMakers, { everyone: false, users: ['ana'], groups: [] });
    assert.equal(await page.getByRole('textbox', { name: 'Hours in all' }).inputValue(), '9');
  });
});

test('a policy that asks everyone for a second factor leads a user without one to set it up', inBrowser, async () => {
  const admin = await stories.safe.signIn('zoe', 'admin');
  await enrol(admin, new Date());
  assert.equal((await admin.call('PATCH', '/api/v1/policy', { secondFactor: 'everyone' })).status, 200);
  await stories.visit({ path: '/groups', width: widths.phone }, async (page) => {
    await addUser(stories.safe, 'eva');
    await page.locator('input[autocomplete="username"]').fill('eva');
    await page.locator('input[autocomplete="current-password"]').fill(anyPassword);
    await page.keyboard.press('Enter');
    await page.getByText('Set up a second factor').first().waitFor();
    assert.equal(await page.getByRole('heading', { name: 'Make your first group' }).count(), 0);
    await inspect(page, 'admin', 'must-enrol');
  });
});
