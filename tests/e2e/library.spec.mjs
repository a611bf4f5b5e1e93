// The library of scenarios: each opens paused at its start, with its point, and fast.
import { readFileSync, readdirSync } from 'node:fs';
import { expect, expectAccessible, test } from './harness.mjs';

const folder = new URL('../../static/scenarios/', import.meta.url);
const scenarios = readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')));

const button = (page, name) => page.getByRole('button', { name, exact: true });

/** Script time that opening a scenario may take, in milliseconds. */
const OPENING_MS_MAX = 300;

test('every scenario opens paused at its start with its point, within its time', async ({ page }) => {
  expect(scenarios.length).toBeGreaterThanOrEqual(16);
  await page.goto('/');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const scriptMs = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration').value * 1000;
  };
  for (const { title, point, text } of scenarios) {
    const before = await scriptMs();
    await button(page, title).click();
    await expect(page.getByRole('complementary').locator('.point')).toHaveText(point);
    expect((await scriptMs()) - before, title).toBeLessThan(OPENING_MS_MAX);
    await expect(button(page, title)).toHaveAttribute('aria-current', 'true');
    await expect(page.getByRole('timer').locator('.elapsed')).toHaveText('00:00.000');
    await expect(button(page, 'Play')).toBeVisible();
    await expect(page.getByRole('complementary')).toContainText(text);
  }
});

test('on a narrow page the point is on the stage until the run begins', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/');
  await expect(page.locator('.notice')).toContainText('A receive only hides a message');
  await button(page, 'Play').click();
  await expect(page.locator('.notice')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of [[1440, 900], [1024, 600], [360, 740]]) {
    test(`the last scenario is in reach (${colorScheme}, ${width} px)`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.goto('/');
      if (width < 800) await button(page, 'Scenarios').click();
      await expectAccessible(page);
      const last = button(page, 'Batch or single');
      await last.focus();
      await expect(last).toBeInViewport();
      await expect(button(page, 'Your own world')).toBeInViewport();
      await page.keyboard.press('Enter');
      // On a narrow page the stage comes to the front.
      const point = page.locator(width < 800 ? '.notice' : '.inspector .point');
      await expect(point).toContainText('A batch of ten');
      await expect(point).toBeVisible();
      await expectAccessible(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  }
}
