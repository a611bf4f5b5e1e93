// What the runner calls in the page.
import { Service } from './service.mjs';
import { transcript, World } from './world.mjs';

const { Python } = await import('/python/host.mjs');
const service = await Service.load('/sqs.wasm');

let python;

/** Loads Python anew; resolves to how long that took, in real milliseconds. */
async function load() {
  python?.dispose();
  python = new Python();
  const begin = performance.now();
  await python.load();
  return performance.now() - begin;
}

/** Runs a case; resolves to its transcript, and how long it took. */
async function run({ scripts, hands, faults }, rate = Infinity) {
  const world = new World(python, service, { rate, faults });
  const begin = performance.now();
  const log = await world.run(scripts, hands);
  const calls = world.calls;
  return { transcript: transcript(log), ms: performance.now() - begin, calls };
}

globalThis.playground = { load, run };
