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

/** A case is a folder: scripts and files, `case.json` if it is more than `main.py` alone, and what has to come out. */
function read(name) {
  const texts = {};
  for (const file of readdirSync(join(folder, name), { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath ?? file.path, file.name);
    texts[path.slice(join(folder, name).length + 1)] = readFileSync(path, 'utf8');
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
    names.length > 0 ? names.includes(name) : browser === 'chromium' || order.core !== false,
  );
  const server = await serve();
  const page = await open(browser, server.url);
  const failures = [];
  console.log(`${browser}: ready in ${Math.round(await page.call('load'))} ms`);
  const check = async ({ name, order, expected }, rate, note) => {
    const { transcript, ms, calls } = await page.call('run', order, rate);
    if (isUpdate && rate === undefined) writeFileSync(join(folder, name, 'expected.txt'), transcript);
    const isSame = transcript === expected || (isUpdate && rate === undefined);
    console.log(`${isSame ? 'ok  ' : 'FAIL'} ${name}${note} (${Math.round(ms)} ms, ${calls} calls)`);
    if (!isSame) failures.push(`${name}${note}, ${difference(expected, transcript)}`);
  };
  for (const one of chosen) {
    await check(one, undefined, '');
    for (const rate of one.order.rates ?? []) await check(one, rate, ` at ${rate}x`);
    if (one.order.twice) await check(one, undefined, ' again');
  }
  await page.close();
  server.close();
  for (const failure of failures) console.error(`\n${failure}`);
  console.log(`\n${chosen.length - new Set(failures.map((text) => text.split(/[ ,]/)[0])).size} passed, ${failures.length} failed`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

await main();
