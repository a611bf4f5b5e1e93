// Key moments of the stage as pictures. A picture is a function of the run and the moment, so that few pixels may
// differ: those of another browser's smoothing. The cards' letters are left out, because fonts differ between machines.
//
//   npx playwright test pictures --update-snapshots    draws them anew, after a change that is meant
import { expect, opened, test } from './harness.mjs';

const MOMENTS = [
  { name: 'delayed', scenario: 'Delay queue', ms: 3000, scheme: 'dark' },
  { name: 'long-poll-and-delays', scenario: 'Slow and fast', ms: 51_100, scheme: 'light' },
  { name: 'fifo-lock', scenario: 'FIFO', ms: 12_000, scheme: 'dark' },
  { name: 'dead-letters', scenario: 'FIFO', ms: 60_000, scheme: 'light', before: 'Work takes 7 s' },
  { name: 'many', scenario: 'First messages', ms: 20_000, scheme: 'dark' },
];

for (const { name, scenario, ms, scheme, before } of MOMENTS) {
  test(`the stage looks as it did: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width: 1100, height: 720 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto('/');
    await page.getByRole('button', { name: scenario, exact: true }).click();
    await opened(page, scenario);
    if (before) await page.getByRole('switch', { name: new RegExp(before) }).check();
    await page.getByRole('slider', { name: 'Playhead' }).fill(String(ms));
    // What has just changed glows for a moment: a picture is taken when two in a row are the same.
    await expect(page.locator('.stage').first()).toHaveScreenshot(`${name}.png`, {
      maxDiffPixels: 100,
      threshold: 0.2,
      stylePath: new URL('pictures.css', import.meta.url).pathname,
    });
  });
}
