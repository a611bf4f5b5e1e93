// The library of scenarios: each opens paused at its start, with its point, and fast.
import { readFileSync, readdirSync } from 'node:fs';
import { expect, expectAccessible, opened, test } from './harness.mjs';

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

test.describe('as Python', () => {
  // What a service worker answers for, a test cannot answer for.
  test.use({ serviceWorkers: 'block' });

  test.beforeEach(async ({ page }) => {
    await page.goto('/');
    const folder = await page.locator('meta[name=python]').getAttribute('content');
    test.skip(folder === '', 'this page was built without Python');
  });

  const head = (page) => page.locator('.python-head');
  const tab = (page, name) => page.locator('.python-tabs button').filter({ hasText: name });

  /** The figures of all actors together, and what is left in the queues: delayed, visible, in flight. */
  const figures = async (page) => {
    const details = page.getByRole('complementary');
    const sums = {};
    for (const name of await details.locator('ul.links').last().getByRole('button').allInnerTexts()) {
      await details.getByRole('button', { name, exact: true }).click();
      for (const row of await page.locator('.facts.tally > div').all()) {
        const label = (await row.locator('dt').innerText()).split('\n')[0];
        if (!['Messages sent', 'Messages received', 'Deletes accepted'].includes(label)) continue;
        sums[label] = (sums[label] ?? 0) + Number(await row.locator('dd').innerText());
      }
      await button(page, 'Back to the overview').click();
    }
    sums.left = {};
    for (const card of await page.locator('.queue-card').all()) {
      const name = await card.getByRole('button').first().innerText();
      sums.left[name] = (await card.locator('.zone-count').allInnerTexts()).map(Number);
    }
    return sums;
  };

  const showAsPython = async (page) => {
    await page.getByRole('tab', { name: 'Python' }).click();
    await head(page).getByRole('button', { name: 'Show as Python' }).click();
    const anew = head(page).getByRole('button', { name: 'In an empty world' });
    await expect(anew).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(head(page).getByRole('button', { name: 'Run all' })).toBeFocused();
  };

  const elapsed = async (page) => {
    const text = await page.getByRole('timer').locator('.elapsed').innerText();
    return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  };

  for (const id of ['first-messages', 'slow-and-fast', 'worker-threads', 'batch-and-single']) {
    const { title, length_seconds: seconds } = scenarios.find((scenario) => scenario.id === id);
    test(`the scripts of ${id} do what its actors do`, async ({ page }) => {
      await button(page, title).click();
      await opened(page, title);
      await page.getByRole('slider', { name: 'Playhead' }).fill(String(seconds * 1000));
      await expect.poll(() => elapsed(page)).toBe(seconds);
      const expected = await figures(page);
      expect(expected['Messages sent']).toBeGreaterThan(30);
      await button(page, title).click();
      await showAsPython(page);
      await expect(page.locator('.python-welcome')).toContainText(`These are the scripts of “${title}”`);
      await expect(page.locator('.queue-card')).toHaveCount(0);
      await page.getByLabel('Speed').selectOption('100,000×');
      await head(page).getByRole('button', { name: 'Run all' }).click();
      // Those that end do so before; the others wait for messages in vain from then on.
      const isOver = async () =>
        (await elapsed(page)) > seconds ||
        ((await page.locator('.python-mark').count()) > 0 && (await page.locator('.python-mark', { hasText: /[▶…]/ }).count()) === 0);
      await expect.poll(isOver, { timeout: 150_000 }).toBe(true);
      const pause = button(page, 'Pause');
      if (await pause.isVisible()) await pause.click();
      await expect(page.locator('.python-mark', { hasText: '✗' })).toHaveCount(0);
      await expect.poll(() => figures(page)).toEqual(expected);
    });
  }

  test('a scenario says that it has scripts, and they come with their arguments', async ({ page }) => {
    await button(page, "The queue's status").click();
    await page.getByRole('tab', { name: 'Python' }).click();
    const offer = page.locator('.python-offer');
    await expect(offer).toContainText('“The queue\'s status” comes with scripts');
    await button(page, 'Empty receives').click();
    await expect(offer).toContainText('What the actors of “Empty receives” do can be had as scripts.');
    await button(page, "The queue's status").click();
    await offer.getByRole('button', { name: 'Show them' }).click();
    await head(page).getByRole('button', { name: 'Beside its actors' }).click();
    await expect(offer).toHaveCount(0);
    await expect(page.locator('.python-tabs button')).toHaveText(['set_up.py', 'sender.py', 'workers.py', 'monitor.py', '']);
    await tab(page, 'sender.py').click();
    await expect(page.getByLabel('Arguments')).toHaveValue('--delay 10');
    await expect(page.locator('.queue-card')).toHaveCount(1);
    await expectAccessible(page);
    // They are still there after a reload, and known for what they are.
    await page.reload();
    await page.getByRole('tab', { name: 'Python' }).click();
    await expect(page.locator('.python-welcome')).toContainText('These are the scripts of');
  });

  test('what was changed is written from the actors, with the rules of its world', async ({ page }) => {
    await button(page, 'At least once').click();
    await page.getByLabel('Idempotent').check();
    await showAsPython(page);
    await expect(page.locator('.python-welcome')).toContainText('were written from the actors of “At least once”');
    await tab(page, 'mailer.py').click();
    await expect(page.locator('.python-editor')).toContainText('this was done before');
    await expect(page.getByLabel('Standard queues')).toHaveValue('chaos');
  });

  test('output stays at its end, also where lines are wrapped, until somebody scrolls', async ({ page }) => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await button(page, 'First messages').click();
    await showAsPython(page);
    await page.getByLabel('Speed').selectOption('50×');
    await head(page).getByRole('button', { name: 'Run all' }).click();
    const log = page.getByRole('log', { name: 'Output' });
    await expect(log).toContainText('In 30 seconds', { timeout: 90_000 });
    const distance = () =>
      log.evaluate((log) => {
        const last = log.querySelector('div > div:last-child').getBoundingClientRect();
        return { isLong: log.scrollHeight > log.clientHeight, below: last.bottom - log.getBoundingClientRect().bottom };
      });
    await expect.poll(async () => (await distance()).below).toBeLessThan(8);
    expect((await distance()).isLong).toBe(true);
    await log.hover();
    await page.mouse.wheel(0, -2000);
    await expect(log.getByText('Found')).toBeInViewport();
    await expect(page.locator('.python-phase')).toContainText('ended', { timeout: 60_000 });
    await expect(log.getByText('Found')).toBeInViewport();
  });

  test('an empty world has nothing to show', async ({ page }) => {
    await button(page, 'Your own world').click();
    await page.getByRole('tab', { name: 'Python' }).click();
    await expect(page.locator('.python-offer')).toHaveCount(0);
    await head(page).getByRole('button', { name: 'Show as Python' }).click();
    await expect(head(page)).toContainText('There is nobody in this world');
    await page.keyboard.press('Enter');
    await expect(head(page).getByRole('button', { name: 'Run all' })).toBeFocused();
  });
});
