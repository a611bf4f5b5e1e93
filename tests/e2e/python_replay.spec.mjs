// A run with scripts is a recording as any other: it replays where there is no Python, and never starts a script. And
// nothing of Python is fetched before somebody asks for it.
import { readFile } from 'node:fs/promises';

import { expect, test } from './harness.mjs';

// What a service worker answers for, a test cannot answer for.
test.use({ serviceWorkers: 'block' });

const PRODUCER = `import time
import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
url = sqs.create_queue(QueueName="work")["QueueUrl"]
for number in range(5):
    sqs.send_message(QueueUrl=url, MessageBody=f"job {number}")
    time.sleep(20)
`;
const CONSUMER = `import time
import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
url = sqs.create_queue(QueueName="work")["QueueUrl"]
done = 0
while done < 4:
    answer = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)
    for message in answer.get("Messages", []):
        time.sleep(7)
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        done += 1
`;
const MOMENTS = ['0:03', '0:20.030', '0:25', '0:41', '1:05.500', '1:30', '0:47'];

/** Notes each request for something of the bundle. */
function watch(page) {
  const asked = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.includes('/python/')) asked.push(request.url());
  });
  return asked;
}

/** Makes a page that was built without Python of this one, and lets nothing of Python through. */
async function withoutPython(context) {
  await context.route('**/python/**', (route) => route.abort());
  await context.route((url) => url.pathname === '/', async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    await route.fulfill({ response, body: html.replace(/name="python" content="[^"]*"/, 'name="python" content=""') });
  });
}

async function jump(page, moment) {
  await page.keyboard.press('g');
  await page.getByRole('dialog').getByRole('textbox').fill(moment);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** What is seen at each moment: the stage in words, and the log of calls. */
async function pictures(page) {
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.keyboard.press('Escape');
  const seen = [];
  for (const moment of MOMENTS) {
    await jump(page, moment);
    // The stage is told at most twice a second.
    await page.waitForTimeout(700);
    seen.push({
      moment,
      stage: await page.locator('[role=group].unseen').innerText(),
      calls: await page.getByRole('table', { name: /^Calls/ }).innerText(),
    });
  }
  return seen;
}

/** Runs both scripts to their ends. */
async function runBoth(page) {
  await page.addInitScript((files) => {
    const kept = Object.entries(files).map(([name, text]) => ({ name, text, arguments: '' }));
    localStorage.setItem('sqs-playground/python-files', JSON.stringify({ files: kept }));
  }, { 'producer.py': PRODUCER, 'consumer.py': CONSUMER });
  await page.goto('/');
  const bundle = await page.locator('meta[name=python]').getAttribute('content');
  test.skip(bundle === '', 'this page was built without Python');
  await page.getByRole('button', { name: 'Your own world' }).click();
  await page.getByRole('tab', { name: 'Python' }).click();
  await page.getByLabel('Speed').selectOption('100,000×');
  await page.locator('.python-head').getByRole('button', { name: 'Run all' }).click();
  for (const name of ['producer.py', 'consumer.py']) {
    await expect(page.locator('.python-tabs button').filter({ hasText: name })).toContainText('✓', { timeout: 90_000 });
  }
  // At this speed time stands still where the last script has ended.
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
}

test('a run with scripts replays the same where there is no Python', async ({ page, browser }) => {
  await runBoth(page);
  const expected = await pictures(page);
  expect(new Set(expected.map(({ stage }) => stage)).size).toBeGreaterThan(3);
  expect(expected.at(-1).calls).toContain('producer.py:7');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Files', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Save recording' }).click();
  const file = await readFile(await (await download).path());

  const context = await browser.newContext({ serviceWorkers: 'block' });
  await withoutPython(context);
  const byLink = await context.newPage();
  const asked = watch(byLink);
  await byLink.goto(link);
  await expect(byLink.locator('.actor-card')).toHaveCount(2);
  expect(await pictures(byLink)).toEqual(expected);
  expect(asked).toEqual([]);

  const byFile = await context.newPage();
  await byFile.goto('/');
  await byFile.getByRole('button', { name: 'Files', exact: true }).click();
  const files = byFile.getByRole('dialog');
  await files.locator('input[type=file]').setInputFiles({ name: 'run.json', mimeType: 'application/json', buffer: file });
  await files.waitFor({ state: 'hidden' });
  expect(await pictures(byFile)).toEqual(expected);
  await context.close();
});

test('a link starts no script, whatever files the panel has', async ({ page, browser }) => {
  await runBoth(page);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = await page.getByRole('dialog').getByLabel('Link', { exact: true }).inputValue();
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const other = await context.newPage();
  const asked = watch(other);
  await other.goto(link);
  await expect(other.locator('.actor-card')).toHaveCount(2);
  await jump(other, '0:00');
  await other.getByLabel('Speed').selectOption('50×');
  await other.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(other.locator('.elapsed')).toHaveText(/0[1-9]:\d\d/, { timeout: 30_000 });
  expect(asked).toEqual([]);
  // The panel shows its files, and has run nothing.
  await other.getByRole('tab', { name: 'Python' }).click();
  await expect(other.locator('.python-tabs button').first()).toBeVisible();
  await expect(other.locator('.python-mark')).toHaveCount(0);
  await expect.poll(() => asked.every((address) => /\/editor\.js/.test(address))).toBe(true);
  await context.close();
});

test('nothing of Python is fetched before somebody asks for it', async ({ page }) => {
  const asked = watch(page);
  await page.goto('/');
  test.skip((await page.locator('meta[name=python]').getAttribute('content')) === '', 'this page was built without Python');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.getByRole('tab', { name: 'Console' }).click();
  // By then the workbench is there, too.
  await expect(page.getByRole('textbox', { name: 'Command', exact: true })).toBeVisible();
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.getByRole('button', { name: 'Slow and fast' }).click();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.waitForLoadState('networkidle');
  expect(asked).toEqual([]);
  // To look at the panel takes the editor; only who does something there gets the interpreter.
  await page.getByRole('tab', { name: 'Python' }).click();
  await expect(page.locator('.cm-content')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(asked.filter((address) => !address.includes('/editor.js'))).toEqual([]);
});
