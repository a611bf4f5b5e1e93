// How much work the page is for the browser: script time a frame with 100, 1,000 and 10,000 messages on the
// stage, while playing and while scrubbing, and how long a seek takes in a run of a million events and in one of
// 16 million.
//
//   cargo xtask build && (cd tests/e2e && npm ci)
//   node benches/page.mjs               the page in dist/
//   node benches/page.mjs URL           a page that is served elsewhere
//
// $CHROMIUM names the browser if Playwright has none of its own. About three minutes. Script time is what the
// browser's own counter says of a frame, all of it: simulation, rendering, painting, collecting garbage.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const { chromium } = createRequire(join(root, 'tests/e2e/'))('playwright-core');

const TYPES = { '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.wasm': 'application/wasm' };
const QUEUES = 4;

/** Serves dist/ on a free port of this machine. */
async function serve() {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    try {
      const file = join(root, 'dist', path === '/' ? 'index.html' : path);
      const bytes = await readFile(file);
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, url: `http://127.0.0.1:${server.address().port}` };
}

/** A recording with so many messages: a third delayed, and as many in flight as consumers take. */
function recording(messages) {
  const queue = (n) => `queue-${n % QUEUES}`;
  const entry = (n, id) => ({ Id: `${id}`, MessageBody: `message ${n}`, DelaySeconds: n % 3 === 0 ? 900 : 0 });
  const sends = [];
  for (let n = 0; n < messages; n += 10) {
    const Entries = Array.from({ length: Math.min(10, messages - n) }, (_, id) => entry(n + id, id));
    sends.push({ SendMessageBatch: { QueueUrl: queue(n / 10), Entries } });
  }
  const actors = [];
  for (let n = 0; n < QUEUES; n += 1) {
    const producer = { queue: queue(n), pause_ms: 250, body: 'more {n}' };
    const consumer = (work) => ({
      queue: queue(n),
      max_number_of_messages: 10,
      visibility_timeout: 600,
      after_work: 'delete',
      work_ms: work,
    });
    actors.push({ name: `producer-${n}`, program: { producer } });
    actors.push({ name: `fast-${n}`, program: { consumer: consumer(40) } });
    actors.push({ name: `slow-${n}`, program: { consumer: consumer(2000) } });
  }
  const created = Array.from({ length: QUEUES }, (_, n) => ({ CreateQueue: { QueueName: queue(n) } }));
  // A set-up has at most a thousand calls: the rest are inputs of the first instant.
  const set_up = [...created, ...sends].slice(0, 1000);
  const start = 1_767_225_600_000;
  const inputs = [...created, ...sends].slice(1000).map((call) => ({ at: start, kind: { Call: call } }));
  const config = { seed: 1, start, set_up, actors };
  return JSON.stringify({ format: 'sqs-playground-recording', version: 1, config, inputs });
}

async function open(page, url, text) {
  await page.goto(url);
  await page.getByRole('button', { name: 'Files', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles({ name: 'bench.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await dialog.waitFor({ state: 'hidden' });
}

/** Frames, and the gaps between them, while something is done. */
async function frames(page, session, act) {
  await page.evaluate(() => {
    const gaps = [];
    let before = performance.now();
    const tick = (now) => {
      gaps.push(now - before);
      before = now;
      globalThis.benchTick = requestAnimationFrame(tick);
    };
    globalThis.benchGaps = gaps;
    globalThis.benchTick = requestAnimationFrame(tick);
  });
  const metrics = async () => {
    const { metrics: list } = await session.send('Performance.getMetrics');
    return Object.fromEntries(list.map(({ name, value }) => [name, value]));
  };
  const before = await metrics();
  await act();
  const after = await metrics();
  const gaps = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.benchTick);
    return globalThis.benchGaps;
  });
  const spent = (name) => ((after[name] - before[name]) * 1000) / gaps.length;
  const rate = (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0);
  const stats = await page.evaluate(() => ({ ...document.documentElement.dataset }));
  return { script: spent('ScriptDuration'), task: spent('TaskDuration'), rate, worst: Math.max(...gaps), heap: after.JSHeapUsedSize, stats };
}

function print(what, count, measured) {
  const ms = (value) => (value === undefined ? '-' : Number(value).toFixed(2)).padStart(9);
  const { script, task, rate, worst, heap, stats } = measured;
  const parts = ['frameMsSimulate', 'frameMsFollow', 'frameMsPaint'].map((part) => ms(stats[part]));
  const mb = (heap / 1e6).toFixed(1).padStart(7);
  console.log(`${what.padEnd(9)}${String(count).padStart(7)}${ms(script)}${parts.join('')}${ms(task)}${ms(worst)}${ms(rate)}${mb}`);
}

const given = process.argv[2];
const { server, url } = given ? { url: given } : await serve();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || undefined,
  args: (process.env.CHROMIUM_ARGS ?? '--no-sandbox').split(' ').filter(Boolean),
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable');
const slider = page.getByRole('slider', { name: 'Playhead' });

console.log('milliseconds a frame: all script, of it simulation, rendering, painting; all work; the longest gap; frames a second; heap in MB');
console.log('         messages   script simulate    follow    paint     work    worst   frames   heap');
for (const count of [100, 1000, 10_000]) {
  await open(page, url, recording(count));
  await page.keyboard.press(' ');
  await page.waitForTimeout(1500);
  print('play 1x', count, await frames(page, session, () => page.waitForTimeout(3000)));
  await page.keyboard.press(' ');
  await slider.fill('60000');
  const scrub = async () => {
    for (let step = 0; step < 60; step += 1) {
      await slider.fill(String(60_000 - step * 500));
    }
  };
  print('scrub', count, await frames(page, session, scrub));
}

/** Plays to an instant, as fast as it goes, and stands. */
async function playTo(ms) {
  await page.keyboard.press(' ');
  await page.getByLabel('Speed').selectOption({ index: 10 });
  await page.waitForFunction((ms) => Number(document.querySelector('.scrubber input').max) > ms, ms, { timeout: 300_000 });
  await page.keyboard.press(' ');
}

/** Jumps to a part of the run: until the first picture is painted, and until the page stands there. */
async function seek(part, end) {
  return page.evaluate(async (target) => {
    const input = document.querySelector('.scrubber input');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const before = performance.now();
    set.call(input, String(target));
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const isThere = () => !document.querySelector('.calendar').textContent.startsWith('on the way');
    await new Promise(requestAnimationFrame);
    const first = performance.now() - before;
    let now = before + first;
    let worst = first;
    while (!isThere()) {
      await new Promise(requestAnimationFrame);
      worst = Math.max(worst, performance.now() - now);
      now = performance.now();
    }
    return { first, all: now - before, worst };
  }, Math.round(end * part));
}

// Jumps in a run of about a million events, and in one of about 16 million.
await open(page, url, recording(1000));
for (const [events, ms] of [['a million', 2_600_000], ['16 million', 40_000_000]]) {
  await playTo(ms);
  const end = Number(await slider.getAttribute('max'));
  const times = [];
  for (const part of [0.5, 0.1, 0.9, 0.3, 0.99, 0.01, 0.7, 0.69]) {
    times.push(await seek(part, end));
  }
  const list = (of) => times.map((time) => time[of].toFixed(0)).join(' ');
  console.log(`seeks in a run of ${events} events, in ms: ${list('all')}; to the first picture: ${list('first')}; longest frames: ${list('worst')}`);
}
if (await page.locator('#crash').count()) {
  throw new Error(await page.locator('#crash pre').textContent());
}
await browser.close();
server?.close();
