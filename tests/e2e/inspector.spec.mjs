// The inspector: what is selected, explained, and changed by hand.
import { expect, expectAccessible, test } from './harness.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const details = (page) => page.getByRole('complementary', { name: 'Details' });
const inDetails = (page, name) => details(page).getByRole('button', { name, exact: true });
const seek = (page, seconds) => page.getByRole('slider', { name: 'Playhead' }).fill(String(seconds * 1000));
const elapsed = (page) => page.getByRole('timer').locator('.elapsed');

/** An own world with a queue that has these messages; the queue is selected. */
const ownQueue = async (page, name, bodies = []) => {
  await page.goto('/');
  await button(page, 'Your own world').click();
  await button(page, 'New queue').first().click();
  await page.getByLabel('QueueName').fill(name);
  await page.keyboard.press('Enter');
  for (const body of bodies) {
    await button(page, `Send: ${name}`).click();
    await page.getByLabel('MessageBody').fill(body);
    await button(page, 'Send').click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await expect(details(page).getByRole('heading', { level: 2, name })).toBeVisible();
};

const openFifo = async (page) => {
  await page.goto('/');
  await button(page, 'FIFO').click();
  await page.getByRole('switch', { name: /Work takes 7 s/ }).check();
};

test('a call is written as JSON, boto3 and AWS CLI, and copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await ownQueue(page, 'orders', ["it's one"]);
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.locator('.calls').getByRole('button', { name: 'SendMessage' }).click();
  const request = page.locator('#call-request');
  await expect(request).toContainText('"MessageBody": "it\'s one"');
  await inDetails(page, 'boto3').click();
  await expect(request).toContainText('sqs.send_message(');
  await expect(page.locator('#call-response')).toContainText('"ResponseMetadata": {...}');
  await inDetails(page, 'Copy as a script').click();
  await expect(inDetails(page, 'Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('import boto3');
  await inDetails(page, 'AWS CLI').click();
  await inDetails(page, 'Copy').first().click();
  await expect(inDetails(page, 'Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`--message-body 'it'\\''s one'`);
});

test('without a clipboard the text is selected, to be copied by hand', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await ownQueue(page, 'orders', ['one']);
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.locator('.calls').getByRole('button', { name: 'SendMessage' }).click();
  await inDetails(page, 'Copy').first().click();
  await expect(inDetails(page, 'Selected: copy it by hand')).toBeVisible();
  expect(await page.evaluate(() => getSelection().toString())).toContain('"MessageBody": "one"');
});

test('a message says why it is where it is, and its life leads through time', async ({ page }) => {
  await openFifo(page);
  await seek(page, 6);
  await inDetails(page, 'mynewq.fifo').click();
  await details(page).locator('.listed').getByRole('button', { name: '2', exact: true }).click();
  const where = details(page).locator('.why');
  await expect(where).toContainText('The next receive may get it');
  await details(page).getByRole('button', { name: 'Back to the overview' }).click();
  await seek(page, 8);
  await inDetails(page, 'mynewq.fifo').click();
  await details(page).locator('.listed').getByRole('button', { name: '2', exact: true }).click();
  await expect(where).toContainText('its group orders is locked by message 1');
  await where.getByRole('button', { name: 'Message 1' }).click();
  await expect(where).toContainText('consumer holds it until 00:12.090');
  await details(page).getByRole('button', { name: 'Go to 00:05.022' }).click();
  await expect(elapsed(page)).toHaveText('00:05.022');
  await expect(where).toContainText('Already played: 00:07.038 consumer has worked on it');
  await expectAccessible(page);
});

test('receive and explain: every message has its reason', async ({ page }) => {
  await openFifo(page);
  await seek(page, 12);
  await inDetails(page, 'mynewq.fifo').click();
  await inDetails(page, 'Explain without receiving').click();
  const explained = details(page).locator('.explained');
  await expect(explained).toContainText('11 in locked groups · 1 in flight');
  await inDetails(page, 'Receive and explain').click();
  await expect(details(page)).toContainText('The receive came back empty.');
  await expect(explained).toContainText('its group is locked by message 1');
  await expectAccessible(page);

  // The call tells the same, and only at its time.
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.locator('.call-row').first().getByRole('button').click();
  await expect(explained).toContainText('held by consumer');
  await seek(page, 13);
  await expect(explained).toHaveCount(0);
  await details(page).getByText('It came back empty. To see why, go to').getByRole('button').click();
  await expect(explained).toContainText('held by consumer');
});

test('attributes are changed where they stand, in AWS’s words if they are wrong', async ({ page }) => {
  await ownQueue(page, 'orders', ['one']);
  await inDetails(page, 'Settings').click();
  await inDetails(page, 'Change VisibilityTimeout').click();
  const field = details(page).getByLabel('VisibilityTimeout');
  await field.fill('43201');
  await inDetails(page, 'Save').click();
  await expect(details(page)).toContainText('InvalidAttributeValue: Invalid value for the parameter VisibilityTimeout.');
  await expect(field).toHaveValue('43201');
  await field.fill('60');
  await inDetails(page, 'Save').click();
  await expect(details(page).locator('.attributes > li', { hasText: 'VisibilityTimeout' })).toContainText('1 min');

  await details(page).getByLabel('Key', { exact: true }).fill('team');
  await details(page).getByLabel('Value', { exact: true }).fill('blue');
  await inDetails(page, 'Add the tag').click();
  await expect(details(page).locator('.tags')).toContainText('team blue');
  await expectAccessible(page);
  await inDetails(page, 'Remove the tag team').click();
  await expect(details(page)).toContainText('No tags.');

  await inDetails(page, 'Purge').click();
  await expect(details(page)).toContainText('Delete the message in orders?');
  await inDetails(page, 'Purge').click();
  await inDetails(page, 'Purge').click();
  await inDetails(page, 'Purge').click();
  await expect(details(page)).toContainText('PurgeQueueInProgress');
  await inDetails(page, 'Delete the queue').click();
  await inDetails(page, 'Delete the queue').click();
  await expect(details(page)).toContainText('At this time the queue does not exist.');
});

test('a redrive policy is chosen, refused, and put right', async ({ page }) => {
  await ownQueue(page, 'dead');
  await button(page, 'New queue').first().click();
  await page.getByLabel('QueueName').fill('orders');
  await page.keyboard.press('Enter');
  await inDetails(page, 'Settings').click();
  await inDetails(page, 'Change RedrivePolicy').click();
  await details(page).getByLabel('RedrivePolicy').selectOption('dead');
  const receives = details(page).getByLabel('maxReceiveCount');
  await receives.fill('0');
  await inDetails(page, 'Save').click();
  await expect(details(page)).toContainText('Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.');
  await expectAccessible(page);
  await receives.fill('3');
  await inDetails(page, 'Save').click();
  await expect(details(page).locator('.attributes > li', { hasText: 'RedrivePolicy' }).last()).toContainText('"maxReceiveCount":3');
  await inDetails(page, 'Change RedrivePolicy').click();
  await details(page).getByLabel('RedrivePolicy').selectOption('none');
  await inDetails(page, 'Save').click();
  await inDetails(page, 'Dead letters').click();
  await expect(details(page)).toContainText('None: a message that nobody deletes comes back until it expires.');
});

test('dead letters: whose they are, and back again', async ({ page }) => {
  await openFifo(page);
  await seek(page, 30);
  await inDetails(page, 'mynewq-dlq.fifo').click();
  await inDetails(page, 'Dead letters').click();
  await expect(details(page)).toContainText('It is the dead-letter queue of:');
  await inDetails(page, 'Move the messages back').click();
  await expect(details(page).locator('.task').first()).toContainText('of 1 moved');
  await inDetails(page, 'mynewq.fifo').click();
  await inDetails(page, 'Dead letters').click();
  await expect(details(page)).toContainText('After 3 receives, the next one moves a message to');
  await inDetails(page, 'Groups').click();
  await expect(details(page).locator('.groups')).toContainText('orders');
  await expectAccessible(page);
});

test('several numbered messages with attributes are sent at once', async ({ page }) => {
  await ownQueue(page, 'orders');
  await button(page, 'Send a message').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('MessageBody').fill('order {n}');
  await dialog.getByLabel('How many').fill('12');
  await button(page, 'Add an attribute').click();
  await dialog.getByLabel('Attribute name').fill('amount');
  await dialog.getByLabel('DataType').selectOption('Number');
  await dialog.getByLabel('Attribute value').fill('many');
  await button(page, 'Send').click();
  await expect(dialog).toContainText('InvalidParameterValue');
  await expectAccessible(page);
  await dialog.getByLabel('Attribute value').fill('7');
  await button(page, 'Send').click();
  await expect(dialog).toHaveCount(0);
  await expect(details(page)).toContainText('12 messages');
  await details(page).locator('.listed').getByRole('button', { name: '12', exact: true }).click();
  await expect(page.locator('#message-body')).toHaveText('order 12');
  await expect(details(page)).toContainText('7 (Number)');
});

test('an actor tells what it does now', async ({ page }) => {
  await openFifo(page);
  await seek(page, 6);
  await inDetails(page, 'consumer').click();
  await expect(details(page)).toContainText('works on Message 1 until 00:07.038');
  await expect(details(page)).toContainText('a message that comes twice counts twice');
  await expectAccessible(page);
});
