// One run of one script, in a worker of its own: it is ended with the script.
//
// The page speaks first: `boot`, later `run`, and then answers and signals. What this sends is described in host.mjs.
import { Clock } from './clock.mjs';
import { preload, startInterpreter } from './interpreter.mjs';
import { Output } from './output.mjs';
import { Pulse } from './pulse.mjs';
import { seedRandomness } from './random.mjs';
import { Requests } from './requests.mjs';
import { closeSandbox } from './sandbox.mjs';
import { MAIN, Stacks } from './stacks.mjs';

const HOME = '/home/you';
const SEED_OF_BOOT = 0; // each interpreter starts alike

const send = self.postMessage.bind(self);
const clock = new Clock();
const pulse = new Pulse();
const output = new Output(post, sendAll, clock);
const stacks = new Stacks(runStack, onQuiet);
const requests = new Requests(ask, stacks, clock);

let python;
let calls; // the functions of the Python side
let seq = 0; // of the last message from the page
let signal = 0;
let isRunning = false;
let told = []; // since the script was last quiet

/** Everything that a script does is told in its order, and what it does at one instant together: a message is dear. */
function post(message) {
  told.push(message);
}

/** What was printed before comes first. */
function ask(message) {
  output.flush();
  post(message);
}

function sendAll() {
  if (told.length > 0) send(told);
  told = [];
}

// The interpreter's own scripts come while the page fetches the rest.
clock.install();
seedRandomness(SEED_OF_BOOT);
preload();

async function boot({ folder, module, archives, snapshot, mayCopy }) {
  python = await startInterpreter({ folder, module, archives, snapshot, mayCopy });
  if (!snapshot) python.runPython('from _playground import start; start.install(); start.warm_up()');
  const copy = mayCopy ? copyHeap() : null;
  const runtime = python.pyimport('_playground.stacks');
  const script = python.pyimport('_playground.script');
  calls = { attach: runtime.attach, run: runtime.run, prepare: script.prepare, waits: script.where_each_waits };
  calls.attach(bridge);
  python.setInterruptBuffer(pulse.buffer);
  send({ type: 'ready', snapshot: copy });
}

/** A private function of Pyodide's: where it fails, the page does without copies. */
function copyHeap() {
  try {
    return new Blob([python.makeMemorySnapshot()]);
  } catch {
    return null;
  }
}

function run({ files, main, argv, env, seed, now }) {
  for (const [name, text] of Object.entries(files)) {
    const path = `${HOME}/${name}`;
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    python.FS.writeFile(path, text);
  }
  clock.begin(now);
  seedRandomness(seed);
  closeSandbox();
  calls.prepare(JSON.stringify({ main, argv, env, seed }));
  isRunning = true;
  pulse.begin();
  stacks.spawn(MAIN);
}

/** Runs a stack to its end. Python catches all that a script raises; what is thrown here is the end of the interpreter. */
async function runStack(stack) {
  try {
    await calls.run.callPromising(stack);
  } catch (error) {
    crash(error);
  }
}

/** The interpreter is not to be used any more. */
function crash(error) {
  const isTooDeep = error instanceof RangeError || error?.name === 'InternalError'; // as Chromium and as Firefox call it
  const reason = isTooDeep
    ? 'The script called itself so deeply that the interpreter broke down.'
    : `The interpreter broke down: ${String(error?.message ?? error).slice(0, 2000)}`;
  end({ state: 'crashed', code: 134, traceback: null, reason });
}

function onQuiet() {
  if (!isRunning) return;
  pulse.rest();
  if (requests.isEmpty) {
    end({ state: 'deadlock', code: null, traceback: null, waits: JSON.parse(calls.waits()) });
  } else {
    output.flush();
    post({ type: 'quiet', seq });
    sendAll();
  }
}

function end(message) {
  if (!isRunning) return;
  isRunning = false;
  output.flush();
  post({ type: 'ended', at: clock.now, ...message });
  sendAll();
}

/** What Python's side can call. */
const bridge = {
  spawn: (stack) => stacks.spawn(stack),
  waiter: () => stacks.waiter(),
  wake: (waiter) => requests.wake(waiter),
  block: (waiter) => stacks.block(waiter),
  pass_on: () => stacks.pass(),
  is_ahead: () => clock.isAhead,
  sleep: (ms, place, thread) => requests.sleep(ms, place, thread),
  sleep_for_work: (place, thread) => requests.sleep(pulse.cost(), place, thread),
  pulse_soon: () => pulse.soon(),
  call: (json, patience, place, thread) => requests.call(json, patience, place, thread),
  input: (prompt, place, thread) => requests.input(prompt, place, thread),
  write: (stream, text) => output.write(stream, text),
  take_signal: () => signal,
  ended: (json) => end(JSON.parse(json)),
};

const handlers = {
  boot,
  run,
  wake: ({ id }) => requests.answer(id),
  reply: ({ id, status, headers, body, error }) =>
    requests.answer(id, JSON.stringify(error ? { error } : { status, headers, body })),
  line: ({ id, text }) => requests.answer(id, text ?? undefined), // Python's None
  signal: (message) => {
    signal = message.number;
    stacks.interrupt();
  },
};

async function handle(message) {
  try {
    if (message.seq) seq = message.seq;
    if (message.now && isRunning) clock.set(message.now);
    await handlers[message.type](message);
    if (stacks.isQuiet) onQuiet(); // also when nothing came of the message: the page waits to hear it
  } catch (error) {
    if (isRunning) crash(error);
    else send({ type: 'broken', reason: String(error?.stack ?? error) });
  }
}

let handled = Promise.resolve();

self.onmessage = ({ data }) => {
  handled = handled.then(() => handle(data)); // one after the other: the first, `boot`, takes its time
};
