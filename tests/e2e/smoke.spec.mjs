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

test('the page says that it is loading until the app is there', async ({ page }) => {
  let letGo;
  const seen = new Promise((resolve) => {
    letGo = resolve;
  });
  await page.route('**/*.wasm', async (route) => {
    await seen;
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.getByRole('status')).toHaveText('Loading…');
  letGo();
  await expect(page.locator('.loading')).toHaveCount(0);
});
