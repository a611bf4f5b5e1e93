// The page opens, the app takes over, and nobody complains.
import { expect, expectAccessible, test } from './harness.mjs';

for (const colorScheme of ['light', 'dark']) {
  test(`the page opens (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('/');
    await expect(page).toHaveTitle(/SQS Playground/);
    await expect(page.locator('.loading'), 'the loading state gives way to the app').toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
  });
}

test('the page says what it needs where scripts are off', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(baseURL);
  await expect(page.getByText('it needs JavaScript and WebAssembly')).toBeVisible();
  await context.close();
});
