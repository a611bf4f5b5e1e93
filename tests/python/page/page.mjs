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
async function run({ scripts, hands, faults, brief }, rate = Infinity) {
  const world = new World(python, service, { rate, faults });
  const begin = performance.now();
  const log = await world.run(scripts, hands);
  const calls = world.calls;
  return { transcript: brief ? shortened(transcript(log)) : transcript(log), ms: performance.now() - begin, calls };
}

/** The beginning and the end of what is too long to be kept, and how long it is. */
function shortened(text) {
  const lines = text.split('\n');
  return [...lines.slice(0, 3), `... ${lines.length} lines`, ...lines.slice(-6)].join('\n');
}

globalThis.playground = { load, run };
