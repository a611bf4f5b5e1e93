// Runs the scripts of every scenario, its own and those that are written from its actors, through the page's Python, and
// compares what came of them with the scenario's own run: node library.mjs [--verbose] [ID...].
//
// `cargo xtask test --only python` says in $LIBRARY where the output of examples/library.rs is, and what run.mjs needs.
import { readFileSync } from 'node:fs';
import { open } from './browser.mjs';
import { serve } from './server.mjs';

const scenarios = JSON.parse(readFileSync(process.env.LIBRARY, 'utf8'));
/** How far equality goes, for each scenario: library.json says at its top what its rows mean. */
const { rows } = JSON.parse(readFileSync(new URL('library.json', import.meta.url), 'utf8'));
const ids = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isVerbose = process.argv.includes('--verbose');

const SET_UP = 'set_up.py';
const TOGETHER = 'all_together.py';

/** The files that are run: what no other file imports, and where something runs the others, that. */
function mainsOf(files) {
  const names = files.map(({ name }) => name).filter((name) => name.endsWith('.py'));
  if (names.includes(TOGETHER)) return [SET_UP, TOGETHER].filter((name) => names.includes(name));
  const imports = (text, module) => new RegExp(`^(import|from) ${module}\\b`, 'm').test(text);
  return names.filter((name) => !files.some(({ text }) => imports(text, name.slice(0, -3))));
}

/** Where the two differ by more than they may. */
function differences(there, here, bounds) {
  const found = [];
  const names = new Set([...Object.keys(there), ...Object.keys(here)]);
  for (const queue of names) {
    for (const count of Object.keys(there[queue] ?? here[queue])) {
      const [before, after] = [there[queue]?.[count], here[queue]?.[count]];
      const bound = bounds[count] ?? 0;
      if (bound === 'unseen') continue;
      if (!(Math.abs(before - after) <= bound)) found.push(`${queue}: ${count} ${before}, by the scripts ${after}`);
    }
  }
  return found;
}

async function main() {
  const server = await serve();
  const page = await open('chromium', server.url);
  await page.call('load');
  const failures = [];
  let checks = 0;
  for (const scenario of scenarios.filter(({ id }) => ids.length === 0 || ids.includes(id))) {
    for (const kind of ['own', 'written']) {
      const files = scenario[kind];
      if (files.length === 0) continue;
      checks += 1;
      const mains = mainsOf(files);
      const { seconds, mode, seed } = scenario;
      const order = { files, mains, seconds, settings: { mode, seed } };
      const { queues, ends, said, ms, calls } = await page.call('play', order);
      const found = differences(scenario.queues, queues, rows[scenario.id]?.[kind] ?? {});
      const failed = ends.filter((end) => !/ (ended 0|killed 137)$/.test(end));
      const expected = kind === 'own' ? 0 : scenario.failing;
      if (failed.length !== expected) found.push(...failed, `${failed.length} failed, of the actors ${expected}`);
      const verdict = found.length === 0 ? 'ok  ' : 'FAIL';
      console.log(`${verdict} ${scenario.id}, ${kind} (${mains.length} scripts, ${calls} calls, ${Math.round(ms)} ms)`);
      if (isVerbose) console.log(JSON.stringify({ queues, ends, said }, null, 1));
      if (found.length > 0) failures.push([`${scenario.id}, ${kind}`, ...found].join('\n    '));
    }
  }
  await page.close();
  server.close();
  for (const failure of failures) console.error(`\n${failure}`);
  console.log(`\n${checks - failures.length} passed, ${failures.length} failed`);
  process.exitCode = failures.length > 0 || checks === 0 ? 1 : 0;
}

await main();
