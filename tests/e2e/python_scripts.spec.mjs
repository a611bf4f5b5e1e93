// Scripts run through the page's Python panel: what each prints, when, and how and when it ends.
//
// A case is a folder of tests/python/cases. What has to come out here is its `panel.txt`, as the panel's world has
// another network than the little one there; UPDATE=1 writes it anew, and then it is to be read. In `case.json`,
// `"only": "runtime"` leaves a case out, and members of `"panel"` stand in the place of the others.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { complaintsOf, expect, test as base } from './harness.mjs';
import {
  anew,
  begin,
  ended,
  FASTEST,
  goTo,
  kill,
  pause,
  phase,
  play,
  run,
  runAll,
  setFiles,
  setSpeed,
  SLOWEST,
  stop,
  tab,
  transcript,
} from './python.mjs';

const CASES = new URL('../python/cases/', import.meta.url).pathname;
const EXPECTED = ['expected.txt', 'panel.txt'];

/** How an end is called. */
const OVER = /ended|failed|left|interrupted|deadlock|broke off/;

/** A case, or nothing if it is not for the panel. */
function read(name) {
  const folder = join(CASES, name);
  const texts = {};
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (file.isFile() && !EXPECTED.includes(file.name)) texts[path.slice(folder.length + 1)] = readFileSync(path, 'utf8');
  }
  const { 'case.json': description = '{}', ...files } = texts;
  const { panel = {}, ...all } = JSON.parse(description);
  if (all.only === 'runtime') return [];
  const { scripts = [{ main: 'main.py' }], hands = [], brief, twice } = { ...all, ...panel };
  return [{ name, files, scripts, hands: everything(scripts, hands), brief, twice }];
}

/** What a person does at which times: what was asked for is typed a second later. */
function everything(scripts, hands) {
  const { lines } = scripts[0];
  const typed = lines ? [...lines, null, null, null].map((line, index) => ({ at: 1000 * (index + 1), what: 'type', line })) : [];
  return [...hands, ...typed];
}

/** The scripts first, as they are run in the order of their tabs. */
function filesOf({ files, scripts }) {
  const mains = scripts.map(({ main, argv = [] }) => [main, { text: files[main], arguments: argv.join(' ') }]);
  const others = Object.entries(files).filter(([name]) => !scripts.some(({ main }) => main === name));
  return Object.fromEntries([...mains, ...others]);
}

/** A page for many cases, as it takes a while to load Python. */
const test = base.extend({
  panel: [
    async ({ browser }, use, { project }) => {
      const { baseURL } = project.use;
      const context = await browser.newContext({
        baseURL,
        serviceWorkers: 'block',
        timezoneId: 'America/New_York', // scripts must not notice
        viewport: { width: 1280, height: 900 },
      });
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      await page.goto('/');
      const isThere = (await page.locator('meta[name=python]').getAttribute('content')) !== '';
      if (isThere) await begin(page, { 'main.py': '' });
      await use(isThere && page);
      await context.close();
      expect(complaints, 'what the page complained about').toEqual([]);
    },
    { scope: 'worker' },
  ],
});

async function act(page, { at, what, line }) {
  await goTo(page, at);
  if (what === 'interrupt') await stop(page);
  else if (what === 'kill') await kill(page);
  else {
    const input = page.locator('#python-input');
    // It may have said before that it wants nothing more.
    if (OVER.test(await phase(page).innerText())) return;
    if (line === null) await page.getByRole('button', { name: 'End of input' }).click();
    else {
      await input.fill(line);
      await input.press('Enter');
    }
  }
}

async function found(page, { scripts, hands, brief }) {
  await anew(page);
  await setSpeed(page, hands.length > 0 ? SLOWEST : FASTEST);
  await (scripts.length > 1 ? runAll(page) : run(page));
  if (hands.length > 0) {
    await expect(phase(page)).toContainText('runs', { timeout: 90_000 });
    await pause(page);
    for (const hand of hands) await act(page, hand);
    await setSpeed(page, FASTEST);
    if (!OVER.test(await phase(page).innerText())) await play(page);
  }
  const parts = [];
  for (const { main } of scripts) {
    if (scripts.length > 1) await tab(page, main).click();
    await ended(page, OVER);
    parts.push(await transcript(page));
  }
  const whole = parts.join('\n');
  return brief ? shortened(whole) : whole;
}

/** The beginning and the end of what is too long to be kept, and how long it is. */
function shortened(text) {
  const lines = text.split('\n');
  return [...lines.slice(0, 4), `... ${lines.length} lines`, ...lines.slice(-6)].join('\n');
}

for (const one of readdirSync(CASES).sort().flatMap(read)) {
  test(one.name, async ({ panel }) => {
    test.skip(!panel, 'this page was built without Python');
    const path = join(CASES, one.name, 'panel.txt');
    await setFiles(panel, filesOf(one));
    const text = await found(panel, one);
    if (process.env.UPDATE) writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
    if (one.twice) expect(await found(panel, one)).toBe(text);
  });
}
