// The dock: what was when, and what it cost, in a real browser, over the release build.
import { expect, expectAccessible, opened, test } from './harness.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const tab = (page, name) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
const playhead = (page) => page.getByRole('slider', { name: 'Playhead' });
const clock = (page) => page.getByRole('timer').locator('.elapsed');
const details = (page) => page.getByRole('complementary');

const openScenario = async (page, name) => {
  await page.goto('/');
  await button(page, name).click();
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
};

const seek = async (page, seconds) => {
  await playhead(page).fill(String(seconds * 1000));
};

/** The row of a message. */
const row = (page, message) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: String(message), exact: true }) });

test('the tabs are reached by arrow keys, and the one in front is remembered', async ({ page }) => {
  await openScenario(page, 'First messages');
  await expect(page.getByRole('tabpanel', { name: 'Timeline' })).toBeAttached();
  await tab(page, 'Timeline').focus();
  for (const _ of ['Console', 'Python', 'Calls']) await page.keyboard.press('ArrowRight');
  await expect(tab(page, 'Calls')).toBeFocused();
  await expect(page.getByRole('table', { name: 'Calls, the newest first' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(tab(page, 'Cost')).toHaveAttribute('aria-selected', 'true');
  for (const next of ['Timeline', 'Console', 'Python', 'Calls', 'Metrics']) {
    await page.keyboard.press('ArrowRight');
    await expect(tab(page, next)).toBeFocused();
  }
  await page.reload();
  await expect(tab(page, 'Metrics')).toHaveAttribute('aria-selected', 'true');
});

test('on a phone the timeline opens at what happens now', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto('/');
  await button(page, 'Scenarios').click();
  await button(page, 'Slow and fast').click();
  await button(page, 'Stage').click();
  await seek(page, 100);
  await expect(clock(page)).toHaveText('01:40.000');
  await button(page, 'Timeline').click();
  await expect.poll(() => page.locator('.dock-body.tl').evaluate((body) => body.scrollTop)).toBeGreaterThan(500);
});

test('the edge of the dock moves by keys and by dragging, and puts it away', async ({ page }) => {
  await openScenario(page, 'First messages');
  const edge = page.getByRole('separator', { name: 'Height of the panel below' });
  const dock = page.locator('.dock');
  const height = async () => Math.round((await dock.boundingBox()).height);
  const before = await height();
  await edge.focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(height).toBe(before + 24);
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 24));
  await page.keyboard.press('Enter');
  await expect.poll(height).toBeLessThan(64);
  await expect(page.getByRole('grid')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect.poll(height).toBe(before + 24);
  const box = await edge.boundingBox();
  await page.mouse.move(box.x + 20, box.y + 3);
  await page.mouse.down();
  await page.mouse.move(box.x + 20, box.y - 57);
  await page.mouse.up();
  await expect.poll(height).toBeGreaterThan(before + 70);
  const chosen = await height();
  await page.reload();
  await expect.poll(height).toBe(chosen);
});

test('a click on a bar goes there, and the keys go from event to event', async ({ page }) => {
  await openScenario(page, 'FIFO');
  await seek(page, 40);
  await seek(page, 1);
  const held = row(page, 1).locator('.bar.in-flight').first();
  await expect(held).toHaveAttribute('title', /In flight with consumer, mynewq\.fifo: 00:0/);
  const start = await clock(page).innerText();
  await held.click();
  await expect(details(page).getByRole('heading', { name: 'Message 1' })).toBeVisible();
  await expect(details(page)).toContainText('consumer holds it until');
  const there = await clock(page).innerText();
  expect(there).not.toBe(start);
  await expect(row(page, 1)).toHaveAttribute('aria-selected', 'true');

  await page.getByRole('grid').focus();
  for (const _ of ['the work begins', 'the work ends', 'the delete']) await page.keyboard.press('ArrowRight');
  await expect(details(page)).toContainText('deleted by consumer');
  const deleted = await clock(page).innerText();
  expect(deleted > there).toBe(true);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await clock(page).innerText()) < deleted).toBe(true);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(details(page).getByRole('heading', { name: 'Message 2' })).toBeVisible();
});

test('the timeline is filtered by what is in the messages and who received them', async ({ page }) => {
  await openScenario(page, 'Slow and fast');
  await seek(page, 30);
  const count = page.locator('.dock-head .note');
  await expect(count).toHaveText(/^(\d+) of \1 messages$/);
  const all = Number((await count.innerText()).split(' ')[0]);
  await page.getByRole('combobox', { name: 'Consumer' }).selectOption({ label: 'fast-consumer' });
  await expect(count).not.toHaveText(`${all} of ${all} messages`);
  const fast = Number((await count.innerText()).split(' ')[0]);
  expect(fast).toBeGreaterThan(0);
  expect(fast).toBeLessThan(all);
  await page.getByRole('combobox', { name: 'Consumer' }).selectOption('');
  await page.getByRole('searchbox', { name: 'Number or body' }).fill('7');
  await expect(row(page, 7)).toBeVisible();
  await expect(row(page, 8)).toHaveCount(0);
  // What was chosen is still chosen when the tab comes back.
  await tab(page, 'Calls').click();
  await tab(page, 'Timeline').click();
  await expect(page.getByRole('searchbox', { name: 'Number or body' })).toHaveValue('7');
});

test('of thousands of messages only those in view are there', async ({ page }) => {
  await openScenario(page, 'First messages');
  await seek(page, 20);
  await expect(page.locator('.dock-head .note')).toHaveText('100 of 100 messages');
  await button(page, 'Follow').click();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await expect(row(page, 1)).toBeVisible();
  await expect(row(page, 100)).toHaveCount(0);
  await page.keyboard.press('End');
  await expect(row(page, 100)).toBeInViewport();
  await expect(row(page, 1)).toHaveCount(0);
  expect(await page.locator('.tl-row').count()).toBeLessThan(60);
});

test('a part of the run is shown closer, and the playhead drags along its axis', async ({ page }) => {
  await openScenario(page, 'FIFO');
  await seek(page, 30);
  await expect(button(page, 'The whole run')).toBeDisabled();
  await page.getByRole('button', { name: /^Closer/ }).click();
  await page.getByRole('button', { name: /^Closer/ }).click();
  await expect(button(page, 'The whole run')).toBeEnabled();
  const axis = await page.locator('.tl-axis').boundingBox();
  await page.mouse.move(axis.x + axis.width / 2, axis.y + 10);
  await page.mouse.down();
  await page.mouse.move(axis.x + axis.width / 4, axis.y + 10);
  const early = await clock(page).innerText();
  await page.mouse.move(axis.x + axis.width / 3, axis.y + 10);
  await page.mouse.up();
  await expect.poll(async () => (await clock(page).innerText()) > early).toBe(true);
  await button(page, 'The whole run').click();
  await expect(button(page, 'The whole run')).toBeDisabled();
});

test('CloudWatch has its first points after a minute, finer ones come at once', async ({ page }) => {
  await openScenario(page, 'First messages');
  await tab(page, 'Metrics').click();
  await seek(page, 59);
  await expect(page.getByText('CloudWatch has its first point after a whole minute')).toBeVisible();
  await page.getByLabel('Period').selectOption('fine');
  const visible = page.getByRole('img', { name: /^ApproximateNumberOfMessagesVisible: / });
  await expect(visible).toBeAttached();
  await page.getByLabel('Period').selectOption('minute');
  await seek(page, 60);
  await expect(page.getByRole('img', { name: 'NumberOfMessagesSent: latest 100, highest 100' })).toBeAttached();

  // The same as a table.
  await page.getByLabel('As a table').check();
  await expect(page.getByRole('columnheader', { name: 'NumberOfMessagesReceived' })).toBeVisible();
  await page.getByLabel('As a table').uncheck();

  // A click on a chart goes there, the keys read values.
  await page.locator('.charts').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('.charts').getByRole('status')).toContainText('NumberOfMessagesSent 100');
  const chart = await page.locator('.chart').first().boundingBox();
  await page.mouse.click(chart.x + chart.width / 2, chart.y + chart.height / 2);
  await expect(clock(page)).toHaveText(/^00:(29|30)/);
});

test('the cost counts requests, and says what empty receives cost', async ({ page }) => {
  await openScenario(page, 'First messages');
  await tab(page, 'Cost').click();
  await expect(page.getByText('after a second of the run')).toHaveCount(2);
  await seek(page, 60);
  const all = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'All requests' }) });
  const cells = await all.getByRole('cell').allInnerTexts();
  const requests = Number(cells[1]);
  expect(requests).toBeGreaterThan(110);
  expect(cells[5]).toBe(`$${(requests * 0.0000004).toFixed(7).replace(/0+$/, '')}`);
  const month = page.locator('.sum', { hasText: 'A month at this rate' });
  await expect(month).toContainText(`${(requests * 43_200).toLocaleString('en')} requests`);
  await expect(page.locator('.sum.empty')).toContainText('1 in this run, $0.0000004');
});

for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of [[1440, 900], [360, 740]]) {
    test(`axe finds nothing in any tab (${colorScheme}, ${width} px)`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.goto('/');
      if (width < 800) await button(page, 'Scenarios').click();
      await button(page, 'FIFO').click();
      await opened(page, 'FIFO');
      if (width < 800) await button(page, 'Timeline').click();
      await seek(page, 90);
      await seek(page, 70);
      for (const name of ['Timeline', 'Calls', 'Metrics', 'Cost']) {
        await tab(page, name).click();
        await expect(page.locator('.dock-body')).toBeVisible();
        await expectAccessible(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, name).toBeLessThanOrEqual(0);
      }
    });
  }
}
