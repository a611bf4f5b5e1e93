// The stage: to look around, to find, to build and to act on it, with a pointer, a finger or the keyboard.
import { expect, expectAccessible, test } from './harness.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const card = (page, name) => page.locator('.card').filter({ has: page.getByRole('button', { name, exact: true }) });
const counts = async (page, queue) => (await card(page, queue).locator('.zone-count').allInnerTexts()).map(Number);
const popover = (page) => page.locator('.popover');
const seek = (page, seconds) => page.getByRole('slider', { name: 'Playhead' }).fill(String(seconds * 1000));
const center = async (locator) => {
  const { x, y, width, height } = await locator.boundingBox();
  return [x + width / 2, y + height / 2];
};

const openScenario = async (page, name) => {
  await page.goto('/');
  if (page.viewportSize().width < 800) await button(page, 'Scenarios').click();
  await button(page, name).click();
  await expect(page.locator('.rail-item[aria-current]')).toHaveText(name);
  if (page.viewportSize().width < 800) await button(page, 'Stage').click();
};

/** A world with so many messages in queue `orders`, as a recording. */
const openMessages = async (page, count) => {
  const start = 1_767_225_600_000;
  const calls = [{ CreateQueue: { QueueName: 'orders' } }];
  for (let first = 0; first < count; first += 10) {
    const Entries = Array.from({ length: 10 }, (_, id) => ({ Id: `${id}`, MessageBody: `body ${first + id + 1}` }));
    calls.push({ SendMessageBatch: { QueueUrl: 'orders', Entries } });
  }
  const config = { seed: 1, start, set_up: calls.slice(0, 1000) };
  const inputs = calls.slice(1000).map((Call) => ({ at: start, kind: { Call } }));
  await page.goto('/');
  await button(page, 'Files').click();
  const recording = JSON.stringify({ format: 'sqs-playground-recording', version: 1, config, inputs });
  const file = { name: 'orders.json', mimeType: 'application/json', buffer: Buffer.from(recording) };
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file);
  await expect(card(page, 'orders')).toBeVisible();
};

test('a world is built on the stage alone: queue, producer, consumer, all of it runs', async ({ page }) => {
  await page.goto('/');
  await button(page, 'Your own world').click();
  await page.locator('.add-a-queue').click();
  await expect(page.getByLabel('QueueName')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(card(page, 'queue-1')).toBeVisible();
  await page.locator('.add-producer').click();
  await page.keyboard.press('Enter');
  await page.locator('.add-consumer').click();
  await page.keyboard.press('Enter');
  await expect(card(page, 'consumer')).toBeVisible();
  await seek(page, 10);
  await expect(card(page, 'consumer')).toContainText('working on');
  await page.locator('.add-a-queue').click();
  await page.getByLabel('QueueName').fill('not a name');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('Can only include alphanumeric characters');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('.add-a-queue')).toBeFocused();
});

/** A world of one's own with two queues. */
const openTwoQueues = async (page) => {
  await page.goto('/');
  await button(page, 'Your own world').click();
  for (const name of ['queue-1', 'queue-2']) {
    await page.locator('.add-a-queue').click();
    await page.keyboard.press('Enter');
    await expect(card(page, name)).toBeVisible();
  }
};

const dragHandle = async (page, from, to) => {
  await page.mouse.move(...(await center(card(page, from).locator('.handle'))));
  await page.mouse.down();
  await page.mouse.move(...(await center(card(page, to).locator('.queue-head'))), { steps: 5 });
  await page.mouse.up();
};

test('an actor is connected with another queue by a drag, and back by the keyboard', async ({ page }) => {
  await openTwoQueues(page);
  await button(page, 'queue-1').first().click();
  await page.locator('.add-producer').click();
  await page.keyboard.press('Enter');
  await expect(card(page, 'producer')).toBeVisible();
  await dragHandle(page, 'producer', 'queue-2');
  await seek(page, 5);
  await expect.poll(() => counts(page, 'queue-2')).not.toEqual([0, 0, 0]);
  // The first was on its way already.
  await expect.poll(() => counts(page, 'queue-1')).toEqual([0, 1, 0]);
  await page.getByRole('button', { name: 'Connect producer with another queue' }).focus();
  await page.keyboard.press('Enter');
  await popover(page).getByRole('button', { name: 'queue-1' }).click();
  await expect(popover(page)).toHaveCount(0);
  const before = await counts(page, 'queue-2');
  await seek(page, 20);
  await expect.poll(() => counts(page, 'queue-2')).toEqual(before);
  await expect.poll(async () => (await counts(page, 'queue-1'))[1]).toBeGreaterThan(3);
});

test('a queue gets its dead-letter queue by a drag, and loses it in the menu', async ({ page }) => {
  await openTwoQueues(page);
  await dragHandle(page, 'queue-1', 'queue-2');
  await expect(card(page, 'queue-2')).toContainText('Dead-letter queue');
  await page.getByRole('button', { name: 'Dead-letter queue of queue-1' }).click();
  await button(page, 'none').click();
  await expect(card(page, 'queue-2')).not.toContainText('Dead-letter queue');
});

test('a message with two clicks, and the person as its consumer', async ({ page }) => {
  await page.goto('/');
  await button(page, 'Your own world').click();
  await page.locator('.add-a-queue').click();
  await page.keyboard.press('Enter');
  const you = page.getByRole('region', { name: 'You', exact: true });
  await button(page, 'Send: queue-1').click();
  await button(page, 'Send').click();
  await expect.poll(() => counts(page, 'queue-1')).toEqual([0, 1, 0]);
  await button(page, 'Receive: queue-1').click();
  await expect(you).toContainText('message 1');
  await expect(you).toContainText('30 s left');
  await you.getByRole('button', { name: 'Make visible now' }).click();
  await expect.poll(() => counts(page, 'queue-1')).toEqual([0, 1, 0]);
  await button(page, 'Receive: queue-1').click();
  await you.getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => counts(page, 'queue-1')).toEqual([0, 0, 0]);
  await expect(you).toContainText('DeleteMessage');
});

test('a dead-letter queue is emptied from its card, and a refusal is AWS’s', async ({ page }) => {
  await openScenario(page, 'FIFO');
  await page.getByRole('switch', { name: /Work takes 7 s/ }).check();
  await seek(page, 100);
  const dead = (await counts(page, 'mynewq-dlq.fifo'))[1];
  expect(dead).toBeGreaterThan(0);
  await button(page, 'Redrive: mynewq-dlq.fifo').click();
  const you = page.getByRole('region', { name: 'You', exact: true });
  await expect(you).toContainText('StartMessageMoveTask');
  await seek(page, 103);
  await expect.poll(async () => (await counts(page, 'mynewq-dlq.fifo'))[1]).toBeLessThan(dead);
});

test('zoom and pan with keys, wheel and buttons; a card that gets the focus comes into sight', async ({ page }) => {
  await openScenario(page, 'FIFO');
  const width = async () => (await card(page, 'mynewq.fifo').boundingBox()).width;
  const plain = await width();
  await page.locator('.stage-view').focus();
  await page.keyboard.press(']');
  await expect.poll(width).toBeGreaterThan(plain * 1.2);
  await button(page, 'Stage: larger').click();
  await button(page, 'Stage: larger').click();
  const large = await width();
  expect(large).toBeGreaterThan(plain * 1.8);
  await page.locator('.stage-view').focus();
  const at = async () => (await card(page, 'mynewq.fifo').boundingBox()).x;
  const before = await at();
  await page.keyboard.press('ArrowLeft');
  expect(await at()).toBeGreaterThan(before);
  await button(page, 'consumer').first().focus();
  const [x] = await center(button(page, 'consumer').first());
  const view = await page.locator('.stage-view').boundingBox();
  expect(x).toBeGreaterThan(view.x);
  expect(x).toBeLessThan(view.x + view.width);
  await page.keyboard.press('0');
  await expect.poll(width).toBeCloseTo(plain, 0);
  await page.mouse.move(...(await center(page.locator('.stage-view'))));
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -200);
  await page.keyboard.up('Control');
  await expect.poll(width).toBeGreaterThan(plain * 1.2);
});

test('ten thousand messages are few signs, and each can be found', async ({ page }) => {
  await openMessages(page, 10_000);
  await expect.poll(() => counts(page, 'orders')).toEqual([0, 10_000, 0]);
  await page.locator('.stage-view').focus();
  await page.keyboard.press('/');
  await page.getByRole('searchbox', { name: 'Find a message' }).fill('body 9876');
  await expect(popover(page)).toContainText('1 message fits.');
  await popover(page).locator('.found button').click();
  await expect(page.getByRole('complementary')).toContainText('body 9876');
  const worst = await page.evaluate(() => Number(document.documentElement.dataset.frameMsMean ?? 0));
  expect(worst).toBeLessThan(50);
});

test('signs are explained on hover and on focus, and the legend stays away once it was put away', async ({ page }) => {
  await openScenario(page, 'FIFO');
  await seek(page, 12);
  const zone = await card(page, 'mynewq.fifo').locator('.zone.in-flight').boundingBox();
  await page.mouse.move(zone.x + zone.width / 2, zone.y + zone.height - 6);
  const tip = page.getByRole('tooltip');
  await expect(tip).toContainText('a consumer holds it');
  await page.locator('.sign').nth(1).focus();
  await expect(tip).toContainText('the next receive may get it');
  await button(page, 'Put the legend away').click();
  await expect(page.locator('.legend-strip')).toHaveCount(0);
  await page.reload();
  await expect(card(page, 'mynewq.fifo')).toBeVisible();
  await expect(page.locator('.legend-strip')).toHaveCount(0);
  await button(page, 'Legend').click();
  await expect(page.locator('.legend-strip')).toBeVisible();
});

test('the stage in words follows the run', async ({ page }) => {
  await openScenario(page, 'FIFO');
  const twin = page.getByRole('group', { name: 'The stage in words' });
  await seek(page, 12);
  await expect(twin).toContainText('is locked');
  await expect(twin).toContainText(/In flight: 1\. message \d+, received/);
  await seek(page, 0);
  await expect(twin).not.toContainText('is locked');
});

test('a finger pans, and two zoom', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true });
  const page = await context.newPage();
  await openScenario(page, 'FIFO');
  const target = card(page, 'mynewq.fifo');
  const before = await target.boundingBox();
  const session = await context.newCDPSession(page);
  const touch = (type, points) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  await touch('touchStart', [[180, 500]]);
  await touch('touchMove', [[180, 440]]);
  await touch('touchMove', [[180, 400]]);
  await touch('touchEnd', []);
  await expect.poll(async () => (await target.boundingBox()).y).toBeLessThan(before.y - 50);
  await touch('touchStart', [[150, 400], [210, 400]]);
  await touch('touchMove', [[120, 400], [240, 400]]);
  await touch('touchEnd', []);
  await expect.poll(async () => (await target.boundingBox()).width).toBeGreaterThan(before.width * 1.5);
  await context.close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`what opens over the stage is accessible (${colorScheme})`, async ({ page }) => {
    test.slow(); // axe, twice
    await page.emulateMedia({ colorScheme });
    await openScenario(page, 'First messages');
    await seek(page, 9);
    await button(page, 'Receive: test_queue').click();
    await expect(page.getByRole('region', { name: 'You', exact: true })).toContainText('message 1');
    await button(page, 'Send: test_queue').click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.locator('.stage-find').click();
    await page.getByRole('searchbox', { name: 'Find a message' }).fill('a');
    await expectAccessible(page);
  });
}
