import type { Page } from 'playwright-core';

/** Calls the safe's own API as the person whose page it is. */
export async function callApi(page: Page, method: string, path: string, body?: unknown) {
  return await page.evaluate(
    async ({ method, path, body }) => {
      const response = await fetch(`/api/v1${path}`, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      return { status: response.status, json: (await response.json().catch(() => null)) as Record<string, unknown> };
    },
    { method, path, body },
  );
}

/** Finds someone in a combobox by typing, chooses him, and closes the list that waits for the next. */
export async function pick(page: Page, label: string, typed: string, option = typed): Promise<void> {
  const field = page.getByRole('combobox', { name: label });
  await field.fill(typed);
  await page.getByRole('option', { name: option }).click();
  while ((await field.inputValue()) !== '') await page.waitForTimeout(50);
  await page.keyboard.press('Escape');
}
