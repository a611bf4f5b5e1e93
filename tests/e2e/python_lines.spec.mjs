// The calls of a script lead to its lines of code: from the log of calls, from a call, and from the script's actor.
import { expect, expectAccessible, test } from './harness.mjs';

// What a service worker answers for, a test cannot answer for.
test.use({ serviceWorkers: 'block' });

const FILLING = '# a line\n'.repeat(60);
const MAIN = `import boto3
import helpers
${FILLING}sqs = boto3.client("sqs", region_name="us-east-1")
url = sqs.create_queue(QueueName="work")["QueueUrl"]
helpers.send(sqs, url)
`;
const HELPERS = `${FILLING}def send(sqs, url):
    sqs.send_message(QueueUrl=url, MessageBody="x")
`;

const marked = (page) => page.locator('.ed-line-now');
const isInView = (page) =>
  expect(async () => {
    const line = await marked(page).boundingBox();
    const editor = await page.locator('.cm-scroller').boundingBox();
    expect(line.y).toBeGreaterThanOrEqual(editor.y);
    expect(line.y + line.height).toBeLessThanOrEqual(editor.y + editor.height + 1);
  }).toPass();

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  const bundle = await page.locator('meta[name=python]').getAttribute('content');
  test.skip(bundle === '', 'this page was built without Python');
  await page.evaluate((files) => {
    const kept = Object.entries(files).map(([name, text]) => ({ name, text, arguments: '' }));
    localStorage.setItem('sqs-playground/python-files', JSON.stringify({ files: kept }));
  }, { 'main.py': MAIN, 'helpers.py': HELPERS });
  await page.reload();
  await page.getByRole('button', { name: 'Your own world' }).click();
  await page.getByRole('tab', { name: 'Python' }).click();
  await page.locator('.python-head').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.locator('.python-phase')).toContainText('ended', { timeout: 90_000 });
});

test('a call leads to its line, by mouse and by keyboard', async ({ page }) => {
  await page.getByRole('tab', { name: 'Calls' }).click();
  const calls = page.getByRole('table', { name: /^Calls/ });
  await calls.getByRole('button', { name: 'main.py:64' }).click();
  await expect(page.getByRole('tab', { name: 'Python' })).toHaveAttribute('aria-selected', 'true');
  await expect(marked(page)).toContainText('create_queue');
  await isInView(page);
  await expect(page.getByRole('textbox', { name: 'Code' })).toBeFocused();

  // A line of another file, with the keyboard alone.
  await page.getByRole('tab', { name: 'Calls' }).click();
  const line = calls.getByRole('button', { name: 'helpers.py:62' });
  await line.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.python-tabs button[aria-pressed=true]')).toContainText('helpers.py');
  await expect(marked(page)).toContainText('send_message');
  await isInView(page);

  // From the inspector of the call, with the panel in front already.
  await page.getByRole('tab', { name: 'Calls' }).click();
  await calls.getByRole('button', { name: 'CreateQueue' }).click();
  await page.getByRole('tab', { name: 'Python' }).click();
  const inspector = page.getByRole('complementary', { name: 'Details' });
  await inspector.getByRole('button', { name: 'main.py:64' }).click();
  await expect(marked(page)).toContainText('create_queue');

  // And from that of the script.
  await inspector.getByRole('button', { name: 'main.py', exact: true }).click();
  await inspector.getByRole('button', { name: 'helpers.py:62' }).click();
  await expect(marked(page)).toContainText('send_message');
  await expectAccessible(page);
});

test('a line of a file that is not there any more is told', async ({ page }) => {
  await page.locator('.python-tabs button').filter({ hasText: 'helpers.py' }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.getByRole('button', { name: 'helpers.py:62' }).click();
  const notice = page.getByRole('status').filter({ hasText: 'helpers.py is not among the files' });
  await expect(notice).toContainText('line 62');
  await expect(page.getByRole('tab', { name: 'Calls' })).toHaveAttribute('aria-selected', 'true');
  // What is there takes the notice away.
  await page.getByRole('button', { name: 'main.py:64' }).focus();
  await page.keyboard.press('Enter');
  await expect(marked(page)).toContainText('create_queue');
  await expect(notice).toBeHidden();
});

test('on a narrow screen a call leads to its line, too', async ({ page }) => {
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.getByRole('button', { name: 'CreateQueue' }).click();
  await page.setViewportSize({ width: 400, height: 800 });
  await page.getByRole('complementary', { name: 'Details' }).getByRole('button', { name: 'main.py:64' }).click();
  await expect(marked(page)).toContainText('create_queue');
  await isInView(page);
});

test('without the editor the line is selected in the plain field', async ({ page }) => {
  await page.route('**/editor.js*', (route) => route.fulfill({ status: 200, contentType: 'text/javascript', body: 'throw new Error()' }));
  const calls = page.getByRole('tab', { name: 'Calls' });
  await page.reload();
  await calls.click();
  await page.getByRole('button', { name: 'main.py:64' }).click();
  const field = page.getByRole('textbox', { name: 'Code' });
  await expect(field).toBeFocused();
  const selected = () => field.evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd));
  await expect.poll(selected).toContain('create_queue');
});
