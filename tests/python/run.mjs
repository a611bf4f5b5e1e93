// Runs the cases of this folder through the page's Python, in a browser: node run.mjs [--firefox] [--update] [NAME...].
//
// `cargo xtask test --only python` says in $PYTHON_BUNDLE where the bundle is, and in $SQS_WASM the service.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open } from './browser.mjs';
import { serve } from './server.mjs';

const folder = new URL('cases/', import.meta.url).pathname;
const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isUpdate = options.includes('--update');
const browser = options.includes('--firefox') ? 'firefox' : 'chromium';

/** What the host says by itself: page/page.mjs. */
const HOST = {
  progress: { isMany: true, isGrowing: true, isWhole: true },
  refusals: {
    'not loaded': 'Python is not loaded yet',
    'too many': 'at most 4 scripts can run at the same time',
    states: 'killed killed killed killed',
    live: 0,
    missing: 'nowhere/manifest.json cannot be fetched: 404',
    unsupported:
      'this browser cannot run Python on virtual time; Chrome and Edge from version 137, Firefox from version 153, ' +
      'Safari from version 27 can',
  },
};

/**
 * A case is a folder: scripts and files, `case.json` if it is more than `main.py` alone, and what has to come out: here
 * `expected.txt`, and in the page's panel `panel.txt` (tests/e2e/python_scripts.spec.mjs).
 */
function read(name) {
  const texts = {};
  for (const file of readdirSync(join(folder, name), { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath ?? file.path, file.name);
    if (file.name !== 'panel.txt') texts[path.slice(join(folder, name).length + 1)] = readFileSync(path, 'utf8');
  }
  const { 'case.json': description = '{}', 'expected.txt': expected = '', ...files } = texts;
  const order = { scripts: [{ main: 'main.py' }], ...JSON.parse(description) };
  for (const script of order.scripts) script.files = files;
  return { name, order, expected };
}

function difference(expected, found) {
  const [before, after] = [expected.split('\n'), found.split('\n')];
  const at = before.findIndex((line, index) => line !== after[index]);
  const line = at < 0 ? before.length : at;
  return `line ${line + 1}:\n    expected: ${before[line]}\n    found:    ${after[line]}`;
}

async function main() {
  const cases = readdirSync(folder).sort().map(read);
  const chosen = cases.filter(({ name, order }) =>
    names.length > 0 ? names.includes(name) : order.only !== 'panel' && (browser === 'chromium' || order.core !== false),
  );
  const server = await serve();
  const page = await open(browser, server.url);
  const failures = [];
  let checks = 0;
  console.log(`${browser}: ready in ${Math.round(await page.call('load'))} ms`);
  const check = async (one, rate, note) => {
    const { name, order } = one;
    checks += 1;
    const { transcript, ms, calls } = await page.call('run', order, rate);
    if (isUpdate && note === '') {
      writeFileSync(join(folder, name, 'expected.txt'), transcript);
      one.expected = transcript;
    }
    const { expected } = one;
    const isSame = transcript === expected;
    console.log(`${isSame ? 'ok  ' : 'FAIL'} ${name}${note} (${Math.round(ms)} ms, ${calls} calls)`);
    if (!isSame) failures.push(`${name}${note}, ${difference(expected, transcript)}`);
  };
  for (const one of chosen) {
    await check(one, undefined, '');
    for (const rate of one.order.rates ?? []) await check(one, rate, ` at ${rate}x`);
    if (one.order.twice) await check(one, undefined, ' again');
  }
  if (names.length === 0) {
    for (const [method, expected] of Object.entries(HOST)) {
      checks += 1;
      const found = await page.call(method);
      const isSame = JSON.stringify(found) === JSON.stringify(expected);
      console.log(`${isSame ? 'ok  ' : 'FAIL'} ${method}`);
      if (!isSame) failures.push(`${method} ${JSON.stringify(found, null, 2)}`);
    }
  }
  await page.close();
  server.close();
  for (const failure of failures) console.error(`\n${failure}`);
  console.log(`\n${checks - failures.length} passed, ${failures.length} failed`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

await main();
