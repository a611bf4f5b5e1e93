// How quick Python in the page is: until it is ready, until a second script has run, for each call of boto3, and for
// ten minutes of virtual time; and for how long the page stands still meanwhile.
//
//   cargo xtask build && (cd tests/e2e && npm ci)
//   node benches/python.mjs             the page in dist/
//   node benches/python.mjs URL         a page that is served elsewhere
//
// $CHROMIUM names the browser if Playwright has none of its own, $ROUNDS how often all is measured (5). About a minute. Of
// each, the best and the median are printed: other programs only make it slower. HTTP's cache is warm, and there is no
// service worker, whose own cache would hide that.
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const { chromium } = createRequire(join(root, 'tests/e2e/'))('playwright-core');

const TYPES = { '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.wasm': 'application/wasm' };
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const CALLS = 1000;

const QUEUE = 'import time, boto3\nsqs = boto3.client("sqs", region_name="us-east-1")\nurl = sqs.create_queue(QueueName="work")["QueueUrl"]\n';
const FILES = {
  'first.py': 'print("ready")\n',
  'second.py': 'import boto3\nsqs = boto3.client("sqs", region_name="us-east-1")\nprint("done")\n',
  'calls.py': `${QUEUE}for number in range(${CALLS}):\n    sqs.send_message(QueueUrl=url, MessageBody="x")\n`,
  'producer.py': `${QUEUE}for number in range(120):\n    sqs.send_message(QueueUrl=url, MessageBody=f"job {number}")\n    time.sleep(5)\n`,
  'consumer.py': `${QUEUE}done = 0
while done < 120:
    answer = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)
    for message in answer.get("Messages", []):
        time.sleep(2)
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        done += 1
`,
};

/** Serves dist/ on a free port of this machine, to be kept by the browser. */
async function serve() {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    try {
      const file = join(root, process.env.DIST ?? 'dist', path === '/' ? 'index.html' : path);
      const bytes = await readFile(file);
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain', 'cache-control': 'max-age=3600' }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, url: `http://127.0.0.1:${server.address().port}` };
}

/** In the page: notes gaps between frames and long tasks from now on. */
function watchFreezes() {
  globalThis.benchLongest = 0;
  let before = performance.now();
  const tick = () => {
    const now = performance.now();
    globalThis.benchLongest = Math.max(globalThis.benchLongest, now - before);
    before = now;
    globalThis.benchTick = requestAnimationFrame(tick);
  };
  globalThis.benchTick = requestAnimationFrame(tick);
  globalThis.benchTasks = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.benchTasks = Math.max(globalThis.benchTasks, duration);
  });
  observer.observe({ type: 'longtask', buffered: false });
  globalThis.benchStop = async () => {
    // What has just been noted is told a little later.
    await new Promise((later) => setTimeout(later, 100));
    observer.disconnect();
    cancelAnimationFrame(globalThis.benchTick);
    return { gap: globalThis.benchLongest, task: globalThis.benchTasks };
  };
}

/** In the page: clicks, and resolves to the time until all of these files have ended. */
async function runAndWait([button, files]) {
  const isOver = () => {
    const tabs = [...document.querySelectorAll('.python-tabs button')];
    return files.every((file) => tabs.some((tab) => tab.textContent.startsWith(file) && tab.textContent.includes('✓')));
  };
  let hasBegun = !isOver();
  const start = performance.now();
  const buttons = [...document.querySelectorAll('.python-head button')];
  buttons.find((found) => found.textContent === button).click();
  await new Promise((ended, failed) => {
    const check = () => {
      if (document.querySelector('.python-tabs')?.textContent.includes('✗')) failed(new Error(document.querySelector('.python-phase').textContent));
      hasBegun ||= !isOver();
      if (hasBegun && isOver()) ended();
    };
    new MutationObserver(check).observe(document.querySelector('.dock-body.python'), { subtree: true, childList: true, characterData: true });
    check();
  });
  return performance.now() - start;
}

const given = process.argv[2];
const { server, url } = given ? { url: given } : await serve();
const folder = await mkdtemp(join(tmpdir(), 'bench-python-'));
// A profile on the disk, as people have: some caches exist only there.
const context = await chromium.launchPersistentContext(folder, {
  executablePath: process.env.CHROMIUM || undefined,
  args: (process.env.CHROMIUM_ARGS ?? '--no-sandbox').split(' ').filter(Boolean),
  serviceWorkers: 'block',
  viewport: { width: 1440, height: 900 },
});

/** Opens the page with these files in the panel, and time as fast as it goes. */
async function open(names) {
  const page = await context.newPage();
  await page.addInitScript((files) => localStorage.setItem('sqs-playground/python-files', JSON.stringify({ files })), names.map((name) => ({ name, text: FILES[name], arguments: '' })));
  await page.goto(url);
  await page.getByRole('button', { name: 'Your own world' }).click();
  await page.getByRole('tab', { name: 'Python' }).click();
  await page.getByLabel('Speed').selectOption({ index: 10 });
  await page.locator('.cm-content').waitFor();
  return page;
}

const run = (page, button, files) => page.evaluate(runAndWait, [button, files]);

async function round() {
  const early = await open(['first.py']);
  await early.evaluate(() => caches.delete('python-heap'));
  const cold = await run(early, 'Run', ['first.py']);
  // What it keeps for the next visits is on its way.
  await early.waitForFunction(async () => (await (await caches.open('python-heap')).keys()).length > 0);
  await early.close();

  const page = await open(['first.py', 'second.py']);
  await page.evaluate(watchFreezes);
  const first = await run(page, 'Run', ['first.py']);
  const { gap, task } = await page.evaluate(() => globalThis.benchStop());
  await page.locator('.python-tabs button').nth(1).click();
  const second = await run(page, 'Run', ['second.py']);
  await page.close();

  const calling = await open(['first.py', 'calls.py']);
  await run(calling, 'Run', ['first.py']);
  await calling.locator('.python-tabs button').nth(1).click();
  const calls = await run(calling, 'Run', ['calls.py']);
  await calling.close();

  const playing = await open(['producer.py', 'consumer.py']);
  // So that loading is not counted: once for nothing.
  await run(playing, 'Run all', ['producer.py', 'consumer.py']);
  const minutes = await run(playing, 'Run all', ['producer.py', 'consumer.py']);
  await playing.close();
  return { cold, first, second, call: (calls - second) / CALLS, minutes, gap, task };
}

const WORDS = {
  cold: 'ready, and the first script has run, on the first visit (warm HTTP cache), ms',
  first: 'the same on a later visit, ms',
  second: 'the second script, which makes a client, ms',
  call: 'a call of boto3, ms',
  minutes: 'ten virtual minutes of a producer and a consumer, 361 calls, ms',
  gap: 'longest gap between frames while loading, ms',
  task: 'longest task of the page while loading, ms',
};

await round(); // warms the caches
const rounds = [];
for (let count = 0; count < ROUNDS; count += 1) rounds.push(await round());
console.log(`${'best'.padStart(9)}${'median'.padStart(9)}`);
for (const [name, words] of Object.entries(WORDS)) {
  const values = rounds.map((measured) => measured[name]).sort((a, b) => a - b);
  const digits = name === 'call' ? 2 : 0;
  const shown = [values[0], values[Math.floor(values.length / 2)]].map((value) => value.toFixed(digits).padStart(9));
  console.log(`${shown.join('')}  ${words}`);
}
await context.close();
await rm(folder, { recursive: true });
server?.close();
