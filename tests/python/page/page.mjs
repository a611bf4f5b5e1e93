// What the runner calls in the page.
import { Counts } from './counts.mjs';
import { Service } from './service.mjs';
import { START_MS, transcript, World } from './world.mjs';

const { Python, SCRIPTS_MAX } = await import('/python/host.mjs');
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

/** So long the queues are made, before anything else begins. */
const SET_UP_MS = 10_000;
/** As long as a call takes in a scenario, on average. */
const SCENARIO_LEG_MS = 20;

/** Runs the scripts of a scenario for as long as that lasts; resolves to what came of each queue, and to how they ended. */
async function play({ files, mains, seconds, settings }) {
  const counts = new Counts();
  const world = new World(python, service, {
    settings,
    legMs: SCENARIO_LEG_MS,
    onanswer: (call, reply) => counts.add(call, reply),
  });
  const texts = Object.fromEntries(files.map(({ name, text }) => [name, text]));
  const end = SET_UP_MS + seconds * 1000;
  const scripts = mains.map((main) => {
    const { arguments: line } = files.find(({ name }) => name === main);
    return { main, argv: line.split(' ').filter(Boolean), files: texts, at: main === 'set_up.py' ? 0 : SET_UP_MS };
  });
  const begin = performance.now();
  const log = await world.run(scripts, scripts.map((_, script) => ({ at: end, script, what: 'kill' })));
  counts.look(service, Math.max(world.now, START_MS + end));
  const ends = log.filter(({ mark }) => mark === '= ').map(({ script, text }) => `${script} ${text.trim()}`);
  const said = Object.fromEntries(mains.map((main) => [main, printed(log, main)]));
  return { queues: counts.queues(), ends, said, ms: performance.now() - begin, calls: world.calls };
}

/** What a script has printed, in lines. */
function printed(log, main) {
  const parts = log.filter(({ script, mark }) => script === main && '|!'.includes(mark.trim()));
  return parts.map(({ text }) => text).join('').split('\n').filter(Boolean);
}

/** The beginning and the end of what is too long to be kept, and how long it is. */
function shortened(text) {
  const lines = text.split('\n');
  return [...lines.slice(0, 3), `... ${lines.length} lines`, ...lines.slice(-6)].join('\n');
}

/** What the host refuses, and how it says so. */
async function refusals() {
  const said = {};
  const attempt = async (name, act) => {
    try {
      await act();
      said[name] = 'no complaint';
    } catch (error) {
      said[name] = error.message;
    }
  };
  const order = { files: { 'a.py': 'import time\nwhile True: time.sleep(1)' }, main: 'a.py', now: START_MS };
  await attempt('not loaded', () => new Python().start(order));
  const states = [];
  const scripts = Array.from({ length: SCRIPTS_MAX }, () => python.start(order, ({ state }) => state && states.push(state)));
  await attempt('too many', () => python.start(order));
  for (const script of scripts) script.kill(START_MS);
  said.states = states.join(' ');
  said.live = python.live;
  await attempt('missing', () => new Python({ folder: new URL('/nowhere/', location.href).href }).load());
  const { Suspending } = WebAssembly;
  delete WebAssembly.Suspending;
  await attempt('unsupported', () => new Python().load());
  WebAssembly.Suspending = Suspending;
  return said;
}

/** What is said of the progress of loading: how often, and whether it only ever grows, to the end. */
async function progress() {
  const steps = [];
  const other = new Python({ onprogress: (step) => steps.push(step) });
  await other.load();
  other.dispose();
  const isGrowing = steps.every(({ loaded }, index) => index === 0 || loaded >= steps[index - 1].loaded);
  const { loaded, total } = steps.at(-1);
  return { isMany: steps.length > 5, isGrowing, isWhole: loaded === total && total > 10_000_000 };
}

globalThis.playground = { load, play, progress, refusals, run };
