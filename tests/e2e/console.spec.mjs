// The console: a terminal for the AWS CLI in the dock, from the WebAssembly that is loaded later.
import { test as bare } from '@playwright/test';

import { expect, expectAccessible, test } from './harness.mjs';

const line = (page) => page.getByRole('textbox', { name: 'Command', exact: true });
const log = (page) => page.getByRole('log', { name: 'What was typed' });
const status = (page) => page.locator('.console-status');

/** Opens an empty world with the console in front. */
async function open(page) {
  await page.goto('/');
  await page.getByRole('button', { name: 'Your own world' }).click();
  await page.getByRole('tab', { name: 'Console' }).click();
  await expect(line(page)).toBeVisible();
}

async function run(page, command) {
  await line(page).fill(command);
  await line(page).press('Enter');
}

/** Pastes as a person does: the browser decides what is on the clipboard. */
async function paste(page, text) {
  await line(page).evaluate((area, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', pasted);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    if (area.dispatchEvent(event)) area.setRangeText(pasted);
  }, text);
}

const CREATE = 'aws sqs create-queue --queue-name jobs';
const URL = 'URL=$(aws sqs get-queue-url --queue-name jobs --query QueueUrl --output text)';

test('several commands are pasted, with a variable and a substitution, and are calls by hand', async ({ page }) => {
  await open(page);
  const send = 'aws sqs send-message --queue-url $URL \\\n  --message-body "<img src=x onerror=alert(1)><b>bold</b>"';
  await paste(page, [CREATE, URL, send, 'aws sqs receive-message --queue-url $URL', 'echo rest'].join('\n'));
  await expect(log(page)).toContainText('"QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/jobs"');
  await expect(log(page)).toContainText('"Body": "<img src=x onerror=alert(1)><b>bold</b>"');
  await expect(log(page).locator('img, b'), 'a body is never HTML').toHaveCount(0);
  await expect(line(page), 'what has no line break waits for Enter').toHaveValue('echo rest');
  await line(page).press('Enter');
  await expect(log(page)).toContainText('\nrest');
  await page.getByRole('tab', { name: 'Calls' }).click();
  for (const action of ['CreateQueue', 'GetQueueUrl', 'SendMessage', 'ReceiveMessage']) {
    await expect(page.locator('.call-row').filter({ hasText: action })).toContainText('you');
  }
});

test('errors are those of the AWS CLI', async ({ page }) => {
  await open(page);
  await run(page, 'aws sqs get-queue-url --queue-name nowhere');
  await expect(log(page).locator('.console-error')).toContainText(
    'An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation',
  );
  await run(page, 'nonsense');
  await expect(log(page).locator('.console-error').last()).toContainText('command not found');
});

test('words are completed with Tab, a button and a click', async ({ page }) => {
  await open(page);
  await run(page, CREATE);
  await line(page).fill('aws sqs rec');
  await line(page).press('Tab');
  await expect(line(page)).toHaveValue('aws sqs receive-message ');
  await line(page).fill('aws sqs send-m');
  await page.getByRole('button', { name: 'Complete' }).click();
  await expect(line(page)).toHaveValue('aws sqs send-message');
  await page.getByRole('button', { name: 'send-message-batch', exact: true }).click();
  await expect(line(page)).toHaveValue('aws sqs send-message-batch ');
  await expect(line(page)).toBeFocused();
  // Nothing to complete: Tab goes on, as does the one after Escape.
  await line(page).press('Escape');
  await line(page).press('Tab');
  await expect(page.getByRole('button', { name: 'Complete' })).toBeFocused();
});

test('a long poll waits on the virtual clock, says so, and can be interrupted', async ({ page }) => {
  await open(page);
  await paste(page, [CREATE, URL, 'aws sqs receive-message --queue-url $URL --wait-time-seconds 20', ''].join('\n'));
  await expect(status(page)).toHaveText(/until 00:20\.000 at the latest\. Time stands still\./);
  await page.locator('.console-head').getByRole('button', { name: 'Play' }).click();
  await expect(status(page)).not.toContainText('stands still');
  await line(page).press('Control+c');
  await expect(log(page)).toContainText('^C');
  await expect(status(page)).toHaveText('');

  await run(page, 'sleep 3 && echo awake');
  await expect(status(page)).toContainText('Sleeping until');
  // It goes on while another tab is in front.
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.getByLabel('Speed').selectOption('100×');
  await page.getByRole('tab', { name: 'Console' }).click();
  await expect(log(page)).toContainText('\nawake');
});

test('the past comes back, and what is too long is refused', async ({ page }) => {
  await open(page);
  await run(page, 'echo one');
  await run(page, 'echo two');
  await line(page).fill('draft');
  await line(page).press('ArrowUp');
  await line(page).press('ArrowUp');
  await expect(line(page)).toHaveValue('echo one');
  await line(page).press('ArrowDown');
  await line(page).press('ArrowDown');
  await expect(line(page)).toHaveValue('draft');

  await paste(page, 'echo x\n'.repeat(1_500_000));
  await expect(log(page)).toContainText('That is more than 1024 KiB.');
  await run(page, 'for i in $(seq 1 20000); do echo line $i; done');
  await expect(log(page)).toContainText('line 20000');
  await expect(log(page)).toContainText('no longer kept');
  await run(page, "echo '\u001b[31mred'");
  await expect(log(page)).toContainText('␛[31mred');
  await line(page).press('Control+l');
  await expect(log(page)).toContainText('Some to begin with');
});

test('files are dropped for file://', async ({ page }) => {
  await open(page);
  await page.getByLabel('Files for file://').setInputFiles({
    name: 'attributes.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"VisibilityTimeout": "77"}'),
  });
  await expect(log(page)).toContainText('file://attributes.json');
  await run(page, 'aws sqs create-queue --queue-name filed --attributes file://attributes.json');
  await run(page, 'aws sqs get-queue-attributes --queue-url filed --attribute-names VisibilityTimeout --output text');
  await expect(log(page)).toContainText('77');
});

test('a call of the log goes to the console as a command', async ({ page }) => {
  await open(page);
  await run(page, CREATE);
  await expect(log(page)).toContainText('/jobs');
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.getByRole('row', { name: /CreateQueue/ }).getByRole('button').click();
  await page.getByRole('button', { name: 'AWS CLI' }).click();
  await page.getByRole('button', { name: 'To the console' }).click();
  await expect(line(page)).toHaveValue(/^aws sqs create-queue/);
});

for (const colorScheme of ['light', 'dark']) {
  test(`the console is accessible, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    await expectAccessible(page);
    await run(page, CREATE);
    await run(page, 'nonsense');
    await run(page, 'sleep 5');
    await expect(status(page)).toContainText('Sleeping');
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 800 });
    await page.getByRole('button', { name: 'Timeline', exact: true }).click();
    await expect(line(page)).toBeVisible();
    await expectAccessible(page);
  });
}

bare('what cannot be loaded is told, and can be tried again', async ({ page }) => {
  let isDown = true;
  await page.route(/workbench_bg/, (route) => (isDown ? route.abort() : route.continue()));
  await page.goto('/');
  await page.getByRole('tab', { name: 'Console' }).click();
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible();
  // All else goes on.
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  isDown = false;
  await again.click();
  await expect(line(page)).toBeVisible();
  await expect(again).toBeHidden();
});
