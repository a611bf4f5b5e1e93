// The Python panel: scripts with boto3 are pasted, run and stopped, and real boto3 talks to the page's service.
import { expect, expectAccessible, test } from './harness.mjs';

// What a service worker answers for, a test cannot answer for.
test.use({ serviceWorkers: 'block' });

const PRODUCER = `import time
import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
url = sqs.create_queue(QueueName="work")["QueueUrl"]
for number in range(3):
    sqs.send_message(QueueUrl=url, MessageBody=f"job {number}")
    print("sent", number)
    time.sleep(60)
`;

const CONSUMER = `import boto3

sqs = boto3.resource("sqs", region_name="us-east-1")
queue = sqs.create_queue(QueueName="work")
done = 0
while done < 3:
    for message in queue.receive_messages(WaitTimeSeconds=20):
        print("got", message.body)
        message.delete()
        done += 1
`;

test.setTimeout(120_000);

const body = (page) => page.locator('.dock-body.python');
const head = (page) => page.locator('.python-head');
const phase = (page) => page.locator('.python-phase');
const log = (page) => page.getByRole('log', { name: 'Output' });
const tab = (page, name) => page.locator('.python-tabs button').filter({ hasText: name });

/** Opens an empty world with the panel in front, and these files. */
async function begin(page, files) {
  await page.addInitScript((files) => {
    const kept = Object.entries(files).map(([name, text]) => ({ name, text, arguments: '' }));
    localStorage.setItem('sqs-playground/python-files', JSON.stringify({ files: kept }));
  }, files);
  await page.goto('/');
  await page.getByRole('button', { name: 'Your own world' }).click();
  await page.getByRole('tab', { name: 'Python' }).click();
  await expect(body(page)).toBeVisible();
}

const hasPython = async (page) => {
  await page.goto('/');
  return (await page.locator('meta[name=python]').getAttribute('content')) !== '';
};

test.beforeEach(async ({ page }) => {
  test.skip(!(await hasPython(page)), 'this page was built without Python');
});

const run = (page) => head(page).getByRole('button', { name: 'Run', exact: true }).click();
const ended = (page, words) => expect(phase(page)).toContainText(words, { timeout: 90_000 });

async function runBoth(page, speed) {
  await begin(page, { 'producer.py': PRODUCER, 'consumer.py': CONSUMER });
  await page.getByLabel('Speed').selectOption(speed);
  await head(page).getByRole('button', { name: 'Run all' }).click();
  await ended(page, 'ended');
  const sent = await log(page).innerText();
  await tab(page, 'consumer.py').click();
  await ended(page, 'ended');
  return [sent, await log(page).innerText()];
}

test('a producer and a consumer come to the same at any speed', async ({ page, context }) => {
  const quick = await runBoth(page, '100,000×');
  expect(quick[0]).toContain('sent 2');
  expect(quick[1].match(/got job \d/g)).toEqual(['got job 0', 'got job 1', 'got job 2']);
  const other = await context.newPage();
  expect(await runBoth(other, '50×')).toEqual(quick);
});

test('an endless loop is stopped', async ({ page }) => {
  await begin(page, { 'loop.py': 'print("on and on")\nwhile True:\n    pass\n' });
  await run(page);
  await expect(log(page)).toContainText('on and on', { timeout: 90_000 });
  await head(page).getByRole('button', { name: 'Stop' }).click();
  await ended(page, 'interrupted');
});

test('an error leads to its line', async ({ page }) => {
  await begin(page, { 'wrong.py': 'def f():\n    return 1 / 0\n\n\nf()\n' });
  await run(page);
  await ended(page, 'ZeroDivisionError');
  await page.getByRole('button', { name: 'wrong.py:2 f' }).click();
  await expect(page.locator('.ed-line-error')).toContainText('return 1 / 0');
});

test('a script asks its person', async ({ page }) => {
  await begin(page, { 'ask.py': 'name = input("Who? ")\nprint("\\x1b[32mhello", name)\n' });
  await run(page);
  await page.getByLabel('Who?').fill('Ada', { timeout: 90_000 });
  await page.keyboard.press('Enter');
  await ended(page, 'ended');
  await expect(log(page).locator('.ansi-2')).toHaveText(/hello Ada/);
});

test('a scenario is shown as Python', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Slow and fast' }).click();
  await page.getByRole('tab', { name: 'Python' }).click();
  await head(page).getByRole('button', { name: 'Show as Python' }).click();
  await head(page).getByRole('button', { name: 'In an empty world' }).click();
  await expect(tab(page, 'set_up.py')).toBeVisible();
  await expect(page.locator('.python-editor')).toContainText('boto3');
});

test('a browser that cannot run Python is told which can', async ({ page }) => {
  const script = 'export const isSupported = () => false; export const BROWSERS = "Others";';
  await page.route('**/python/*/host.mjs', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  await begin(page, { 'a.py': 'print(1)\n' });
  await run(page);
  await expect(body(page).getByRole('alert')).toContainText('Others can');
});

test('a page without the bundle says how to have it', async ({ page }) => {
  await page.route((url) => url.pathname === '/', async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    await route.fulfill({ response, body: html.replace(/name="python" content="[^"]*"/, 'name="python" content=""') });
  });
  await begin(page, { 'a.py': 'print(1)\n' });
  await expect(body(page).getByRole('alert')).toContainText('--without-python');
  await expect(page.getByRole('textbox', { name: 'Code' })).toHaveValue('print(1)\n');
});

for (const colorScheme of ['dark', 'light']) {
  test(`the panel is accessible, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await begin(page, { 'a.py': 'import sys\nprint("out")\nprint("err", file=sys.stderr)\n' });
    await run(page);
    await ended(page, 'ended');
    await expectAccessible(page);
  });
}
