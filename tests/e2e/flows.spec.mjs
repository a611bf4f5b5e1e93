// What a person does with the playground, in a real browser, over the release build.
import { expect, expectAccessible, opened, test } from './harness.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const queueCard = (page, name) =>
  page.locator('.queue-card').filter({ has: page.getByRole('button', { name, exact: true }) });
const clock = (page) => page.getByRole('timer').locator('.elapsed');
const playhead = (page) => page.getByRole('slider', { name: 'Playhead' });

/** Delayed, visible and in flight, as the card of the queue shows them. */
const counts = async (page, queue) =>
  (await queueCard(page, queue).locator('.zone-count').allInnerTexts()).map(Number);

const openScenario = async (page, name) => {
  await page.goto('/');
  await button(page, name).click();
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
};

/** Waits for the end of a scenario that was set to play. */
const seen = (page) =>
  expect(page.getByText('You have seen what this scenario shows')).toBeVisible({ timeout: 25_000 });

const setSpeed = (page, speed) => page.getByLabel('Speed').selectOption({ label: speed });

/** Moves the playhead to a second of the run, as the keyboard or a drag would. */
const seek = async (page, seconds) => {
  await playhead(page).fill(String(seconds * 1000));
};

/** What an actor's inspector says under a label. */
const tally = async (page, actor, label) => {
  await page.getByRole('complementary').getByRole('button', { name: actor, exact: true }).click();
  const term = page.locator('.facts > div').filter({ has: page.locator('dt', { hasText: new RegExp(`^${label}`) }) });
  const text = await term.locator('dd').innerText();
  await button(page, 'Back to the overview').click();
  return Number(text);
};

test('slow and fast: at 50x both consumers delete messages', async ({ page }) => {
  await openScenario(page, 'Slow and fast');
  await setSpeed(page, '50×');
  await button(page, 'Play').click();
  await seen(page);
  await expect.poll(() => tally(page, 'slow-consumer', 'Deletes accepted')).toBe(25);
  await expect.poll(() => tally(page, 'fast-consumer', 'Deletes accepted')).toBe(95);
  await expect.poll(() => counts(page, 'donors')).toEqual([0, 0, 0]);
});

test('a delay runs out, and a long poll that waits gets the message', async ({ page }) => {
  await openScenario(page, 'Delay queue');
  await seek(page, 3);
  await expect.poll(() => counts(page, 'delay-queue')).toEqual([1, 0, 0]);
  await expect(page.locator('.actor-card', { hasText: 'receiver' })).toContainText('long poll');
  await seek(page, 5.5);
  await expect.poll(() => counts(page, 'delay-queue')).toEqual([0, 0, 1]);
});

test('FIFO with the switch on: the visibility timeout runs out, and the dead-letter queue fills', async ({ page }) => {
  await openScenario(page, 'FIFO');
  await page.getByRole('switch', { name: /Work takes 7 s/ }).check();
  await seek(page, 4);
  await expect.poll(async () => (await counts(page, 'mynewq.fifo'))[2]).toBe(1);
  await seek(page, 6);
  await expect.poll(async () => (await counts(page, 'mynewq.fifo'))[2], { message: 'the timeout of 5 s is over' }).toBe(0);
  await expect(page.locator('.actor-card', { hasText: 'consumer' })).toContainText('working on 1');

  await setSpeed(page, '50×');
  await button(page, 'Play').click();
  await seen(page);
  await expect.poll(() => counts(page, 'mynewq-dlq.fifo')).toEqual([0, 5, 0]);

  // The life of the first message says why.
  await button(page, 'mynewq-dlq.fifo').first().click();
  await page.getByRole('complementary').getByRole('button', { name: '1', exact: true }).click();
  const life = page.getByRole('complementary');
  await expect(life).toContainText('visible again: the visibility timeout ran out before a delete');
  await expect(life).toContainText('moved to mynewq-dlq.fifo after 3 receives');

  // And back: what was is shown again.
  await seek(page, 4);
  await expect.poll(() => counts(page, 'mynewq-dlq.fifo')).toEqual([0, 0, 0]);
  await expect(life).toContainText('holds it until');
});

test('seek back shows the earlier state, and forward the later one again', async ({ page }) => {
  await openScenario(page, 'First messages');
  await seek(page, 20);
  await expect.poll(() => counts(page, 'test_queue')).toEqual([0, 0, 100]);
  await seek(page, 2);
  const early = await counts(page, 'test_queue');
  expect(early[1]).toBeGreaterThan(0);
  expect(early[1]).toBeLessThan(100);
  await seek(page, 50);
  await expect.poll(() => counts(page, 'test_queue')).toEqual([0, 100, 0]);
  await seek(page, 2);
  await expect.poll(() => counts(page, 'test_queue')).toEqual(early);
});

test('the same deeds in a world like AWS: short polls see one partition', async ({ page }) => {
  await openScenario(page, 'First messages');
  await seek(page, 10.1);
  await page.getByRole('tab', { name: 'Calls' }).click();
  const firstReceive = page.locator('.call-row').filter({ hasText: 'ReceiveMessage' }).last();
  await expect(firstReceive).toContainText('messages 1, 2, 3, 4, 5, 6, 7, 8, 9, 10');
  await page.getByLabel('Standard queues').selectOption('aws-like');
  await expect(firstReceive).not.toContainText('messages 1, 2, 3, 4, 5, 6, 7, 8, 9, 10');
  const [, visible, inFlight] = await counts(page, 'test_queue');
  expect(visible + inFlight).toBe(100);
  await button(page, 'Another seed').click();
  await expect(page.getByText('Seed 1', { exact: true })).toHaveCount(0);
});

test('steps go from event to event, and back', async ({ page }) => {
  await openScenario(page, 'Delay queue');
  const start = await clock(page).innerText();
  await button(page, 'Next event').click();
  await button(page, 'Next event').click();
  const later = await clock(page).innerText();
  expect(later).not.toBe(start);
  await button(page, 'Next event').click();
  await button(page, 'Step back').click();
  await expect(clock(page)).toHaveText(later);
  await button(page, 'To the start').click();
  await expect(clock(page)).toHaveText(start);
});

test('create, send, receive and delete by hand', async ({ page }) => {
  await page.goto('/');
  await button(page, 'Your own world').click();
  await button(page, 'New queue').first().click();
  await page.getByLabel('QueueName').fill('orders');
  await page.keyboard.press('Enter');
  await expect.poll(() => counts(page, 'orders')).toEqual([0, 0, 0]);

  await button(page, 'Send: orders').click();
  await page.getByLabel('MessageBody').fill('one coffee');
  await button(page, 'Send').click();
  await expect.poll(() => counts(page, 'orders')).toEqual([0, 1, 0]);

  await button(page, 'Receive: orders').click();
  await expect.poll(() => counts(page, 'orders')).toEqual([0, 0, 1]);
  await page.getByRole('complementary').getByRole('button', { name: '1', exact: true }).first().click();
  await expect(page.getByRole('complementary')).toContainText('one coffee');
  await page.getByRole('complementary').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect.poll(() => counts(page, 'orders')).toEqual([0, 0, 0]);
  await expect(page.getByRole('complementary')).toContainText('deleted by you');
});

test('what AWS refuses is said at the field, and nothing typed is lost', async ({ page }) => {
  await page.goto('/');
  await button(page, 'Your own world').click();
  await button(page, 'New queue').first().click();
  await page.getByLabel('QueueName').fill('not a name');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length')).toBeVisible();
  await expect(page.getByLabel('QueueName')).toHaveValue('not a name');
  await expectAccessible(page);
  await page.getByLabel('QueueName').fill('orders');
  await page.keyboard.press('Enter');

  await button(page, 'Send: orders').click();
  await button(page, 'All options').click();
  await page.getByLabel('MessageBody').fill('later');
  await page.getByRole('dialog').getByLabel('DelaySeconds').fill('901');
  await button(page, 'Send').click();
  await expect(page.getByText('Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.')).toBeVisible();
  await expect(page.getByLabel('MessageBody')).toHaveValue('later');
  await page.getByRole('dialog').getByLabel('DelaySeconds').fill('');
  await page.getByLabel('MessageBody').fill('x'.repeat(1048577));
  await button(page, 'Send').click();
  await expect(page.getByText('Message must be shorter than 1048576 bytes.')).toBeVisible();
  await expect.poll(() => counts(page, 'orders')).toEqual([0, 0, 0]);
});

test('to act in the past cuts the future, and says so', async ({ page }) => {
  await openScenario(page, 'First messages');
  await seek(page, 20);
  await seek(page, 5);
  await button(page, 'Send: test_queue').click();
  await page.getByLabel('MessageBody').fill('from the past');
  await button(page, 'Send').click();
  await expect.poll(() => counts(page, 'test_queue')).toEqual([0, 101, 0]);
  await expect(page.getByText('You acted in the past')).toBeVisible();
});

test('the keyboard alone plays, steps and asks for help', async ({ page }) => {
  await openScenario(page, 'Slow and fast');
  await page.locator('body').click({ position: { x: 2, y: 2 } });
  await page.keyboard.press('Space');
  await expect(button(page, 'Pause')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(button(page, 'Play')).toBeVisible();
  const before = await clock(page).innerText();
  await page.keyboard.press('.');
  await expect(clock(page)).not.toHaveText(before);
  await page.keyboard.press('Home');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Keys');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of [[1440, 900], [360, 740]]) {
    test(`mid-run, axe finds nothing and nothing overflows (${colorScheme}, ${width} px)`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.goto('/');
      await page.locator('body').click({ position: { x: 2, y: 2 } });
      if (width < 800) await button(page, 'Scenarios').click();
      await button(page, 'FIFO').click();
      await opened(page, 'FIFO');
      if (width < 800) await button(page, 'Stage').click();
      await seek(page, 12);
      await expectAccessible(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      if (width < 800) {
        for (const tab of ['Details', 'Timeline', 'Scenarios']) {
          await button(page, tab).click();
          await expectAccessible(page);
        }
      }
    });
  }
}
