// Actors that a person makes, changes while they run, pauses and removes.
import { expect, expectAccessible, test } from './harness.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const details = (page) => page.getByRole('complementary');
const card = (page, name) => page.locator('.actor-card').filter({ has: page.getByRole('button', { name, exact: true }) });
const setSpeed = (page, speed) => page.getByLabel('Speed').selectOption({ label: speed });

/** An empty world, with the keyboard at the page. */
const openEmpty = async (page) => {
  await page.goto('/');
  await button(page, 'Your own world').click();
  await page.locator('body').click({ position: { x: 2, y: 2 } });
};

const createQueue = async (page, name, isFifo = false) => {
  await page.keyboard.press('n');
  await page.getByLabel('FIFO queue').setChecked(isFifo);
  await page.getByLabel('QueueName').fill(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
};

/** Adds the actor that the dialog suggests. */
const addActor = async (page, kind) => {
  await page.keyboard.press('a');
  await expect(page.getByRole('radio', { name: kind })).toBeChecked();
  await button(page, 'Add').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
};

/** A figure of the actor that is selected; 0 where it is not shown. */
const tally = async (page, label) => {
  const term = page.locator('.facts > div').filter({ has: page.locator('dt', { hasText: new RegExp(`^${label}`) }) });
  return (await term.count()) ? Number(await term.locator('dd').innerText()) : 0;
};

test('from an empty world to messages that flow, and to work that is done twice', async ({ page }) => {
  await openEmpty(page);
  await page.keyboard.press('a');
  await expect(page.getByRole('dialog')).toContainText('Create one first');
  await page.getByRole('dialog').getByRole('button', { name: 'New queue' }).click();
  await page.getByLabel('QueueName').fill('orders');
  await page.keyboard.press('Enter');
  await addActor(page, 'Producer');
  await expect(details(page)).toContainText('producer');
  await addActor(page, 'Consumer');
  await setSpeed(page, '10×');
  await button(page, 'Play').click();
  await expect.poll(() => tally(page, 'Deletes accepted')).toBeGreaterThan(0);

  // Work that is longer than the visibility timeout, by workers that go at their own pace.
  await button(page, 'Edit program').click();
  const work = page.getByRole('group', { name: 'Work on each message' });
  await work.getByRole('combobox').selectOption({ label: 'between two times' });
  await work.getByLabel('from, ms').fill('3000');
  await work.getByLabel('to, ms').fill('9000');
  await page.getByLabel('VisibilityTimeout (s)').fill('2');
  await page.getByLabel('Workers').fill('11');
  await button(page, 'Apply').click();
  await expect(page.getByText('From 1 to 10, please.')).toBeVisible();
  await expect(work.getByLabel('to, ms')).toHaveValue('9000');
  await page.getByLabel('Workers').fill('5');
  await button(page, 'Apply').click();
  await expect(card(page, 'consumer')).toContainText('5 workers');
  await expect.poll(() => tally(page, 'of these worked on twice'), { timeout: 20_000 }).toBeGreaterThan(0);
});

test('an actor is paused, goes on, gets another name, is removed and comes back', async ({ page }) => {
  await openEmpty(page);
  await createQueue(page, 'orders');
  await addActor(page, 'Producer');
  const inspector = details(page);
  await inspector.getByRole('button', { name: 'Pause' }).click();
  await expect(inspector).toContainText('Paused: it does nothing');
  await inspector.getByRole('button', { name: 'Resume' }).click();
  await expect(inspector).not.toContainText('Paused: it does nothing');

  await inspector.getByRole('button', { name: 'Rename', exact: true }).click();
  await inspector.getByRole('textbox', { name: 'Name' }).fill('shop');
  await page.keyboard.press('Enter');
  await expect(card(page, 'shop')).toBeVisible();

  await inspector.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(inspector).toContainText('Remove shop?');
  await expect(inspector).toContainText('What it has sent stays in the queue.');
  await inspector.getByRole('button', { name: 'Remove it' }).click();
  await expect(inspector).toContainText('taken out of this world');
  await expect(card(page, 'shop')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(card(page, 'shop')).toBeVisible();
});

test('each kind has its settings, and a wrong one is said where it was typed', async ({ page }) => {
  await openEmpty(page);
  await createQueue(page, 'orders.fifo', true);
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('MessageGroupId')).toHaveValue('group-{n%3}');
  for (const [kind, setting] of [['Lambda', 'Batch size'], ['Monitor', 'Pause after each reading (ms)'], ['Script', 'Steps, as JSON'], ['Consumer', 'Workers']]) {
    await page.getByRole('radio', { name: kind }).check();
    await expect(dialog.getByLabel(setting)).toBeVisible();
  }
  await dialog.getByText('More settings').click();
  await dialog.getByLabel('Crashes (%)').fill('101');
  await dialog.getByLabel('Poison', { exact: true }).getByRole('combobox').selectOption({ label: 'body contains' });
  await dialog.getByLabel('text', { exact: true }).fill('bad');
  await button(page, 'Add').click();
  await expect(dialog.getByText('From 0 to 100, please.')).toBeVisible();
  await expect(dialog.getByLabel('text', { exact: true })).toHaveValue('bad');
  await dialog.getByLabel('Crashes (%)').fill('10');
  await button(page, 'Add').click();
  await expect(dialog).toHaveCount(0);
  await expect(details(page)).toContainText('"body_contains": "bad"');
});

for (const colorScheme of ['light', 'dark']) {
  test(`the dialog and the settings are accessible and fit a phone (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openEmpty(page);
    await createQueue(page, 'orders');
    await page.setViewportSize({ width: 360, height: 740 });
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('More settings').click();
    await expectAccessible(page);
    const overflow = () => page.evaluate(() => {
      const dialog = document.querySelector('dialog, .inspector form');
      return Math.max(dialog.scrollWidth - dialog.clientWidth, document.documentElement.scrollWidth - innerWidth);
    });
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.getByRole('radio', { name: 'Consumer' }).check();
    await expectAccessible(page);
    await button(page, 'Add').click();
    // On a phone the details come to the front.
    await button(page, 'Edit program').click();
    await expectAccessible(page);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await details(page).getByRole('button', { name: 'Remove', exact: true }).click();
    await expectAccessible(page);
  });
}
