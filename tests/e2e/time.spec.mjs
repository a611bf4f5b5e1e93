// Time that a person moves, and changes that are taken back.
import { expect, expectAccessible, test } from './harness.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const clock = (page) => page.getByRole('timer').locator('.elapsed');
const playhead = (page) => page.getByRole('slider', { name: 'Playhead' });
const outcomes = (page) => page.getByRole('region', { name: 'What it has come to' });

const openScenario = async (page, name) => {
  await page.goto('/');
  await button(page, name).click();
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
};

const seek = (page, seconds) => playhead(page).fill(String(seconds * 1000));

/** A figure of the comparison, as it is and changed. */
const figures = async (page, name) => {
  const table = outcomes(page).getByRole('table');
  const names = await table.locator('thead th').allInnerTexts();
  const row = async (title) => {
    const cells = table.getByRole('row', { name: new RegExp(`^${title}`) }).getByRole('cell');
    return (await cells.allInnerTexts())[names.indexOf(name)];
  };
  return [await row('As it is'), await row('Changed')];
};

test('what an action in the past cut off is one undo away', async ({ page }) => {
  await openScenario(page, 'First messages');
  await seek(page, 20);
  await seek(page, 5);
  await expect(button(page, 'Undo')).toBeDisabled();
  await button(page, 'Send: test_queue').click();
  await page.getByLabel('MessageBody').fill('from the past');
  await button(page, 'Send').click();
  const card = page.locator('.queue-card').first();
  await expect(card.locator('.zone-count').nth(1)).toHaveText('101');
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Taken back.')).toBeVisible();
  await expect(card.locator('.zone-count').nth(1)).toHaveText('100');
  await page.keyboard.press('Control+Shift+Z');
  await expect(card.locator('.zone-count').nth(1)).toHaveText('101');
  await page.keyboard.press('u');
  await expect(card.locator('.zone-count').nth(1)).toHaveText('100');
  await expect(button(page, 'Undo')).toBeDisabled();
});

test('run until all is dealt with, and go to a moment', async ({ page }) => {
  await openScenario(page, 'Slow and fast');
  await button(page, 'Run until all is dealt with').click();
  await expect(page.getByText('from here on only polls happen')).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('g');
  const moment = page.getByLabel('Moment', { exact: true });
  await moment.fill('half past nine');
  await button(page, 'Go').click();
  await expect(page.getByText('This is no moment of this run.')).toBeVisible();
  await expectAccessible(page);
  await moment.fill('1:30');
  await button(page, 'Go').click();
  await expect(clock(page)).toHaveText('01:30.000');
});

test('two worlds side by side, one setting changed', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 1000 });
  await openScenario(page, 'FIFO');
  await button(page, 'Compare').click();
  await button(page, 'Compare').last().click();
  await expect(page.getByText('Choose something, and give it another value.')).toBeVisible();
  await page.getByLabel('What').selectOption({ label: 'consumer: work_ms' });
  await page.getByLabel('Value').fill('7000');
  await expectAccessible(page);
  await page.locator('#compare').getByRole('button', { name: 'Compare' }).click();
  await expect(page.locator('.stages .stage')).toHaveCount(2);
  await seek(page, 110);
  await expect.poll(() => figures(page, 'Dead letters')).toEqual(['0', '5']);
  await expect.poll(async () => (await figures(page, 'Deletes accepted'))[1]).toBe('0');
  await expectAccessible(page);

  // What is clicked in the changed world is inspected there.
  await page.locator('.stage.changed').getByRole('button', { name: 'mynewq-dlq.fifo', exact: true }).click();
  await expect(page.getByRole('complementary')).toContainText('mynewq-dlq.fifo');
  await button(page, 'End comparison').click();
  await expect(page.locator('.stages .stage')).toHaveCount(1);
});

test('what is compared is what the dialog shows', async ({ page }) => {
  await openScenario(page, 'FIFO');
  await button(page, 'Compare').click();
  const rows = page.getByLabel('What');
  await rows.nth(0).selectOption({ label: 'The world: seed' });
  await rows.nth(1).selectOption({ label: 'consumer: work_ms' });
  // Nothing is set twice.
  await expect(rows.nth(2).locator('option', { hasText: 'consumer: work_ms' })).toHaveCount(0);
  await rows.nth(0).selectOption('');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toHaveValue(/work_ms/);
});

test('a comparison that AWS would refuse says why', async ({ page }) => {
  await openScenario(page, 'Slow and fast');
  await button(page, 'Compare').click();
  await page.getByLabel('What').selectOption({ label: 'donors: VisibilityTimeout' });
  await page.getByLabel('Value').fill('99999999');
  await page.locator('#compare').getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('alert')).toContainText('Invalid value for the parameter VisibilityTimeout');
});

test('scrub to a moment and back: the stage in words is the same again', async ({ page }) => {
  await openScenario(page, 'FIFO');
  const words = page.getByRole('group', { name: 'The stage in words' });
  await seek(page, 12);
  // The words follow the picture with a short delay.
  await expect(words).toContainText('In flight: 1. message 6');
  const before = await words.innerText();
  await seek(page, 75);
  await expect.poll(() => words.innerText()).not.toBe(before);
  await seek(page, 12);
  await expect.poll(() => words.innerText()).toBe(before);
});

test('a wide screen: axe finds nothing, and nothing is wider than it', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await openScenario(page, 'Slow and fast');
  await seek(page, 60);
  await expectAccessible(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
