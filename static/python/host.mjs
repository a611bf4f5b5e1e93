// The page's side of the Python runtime: loads it, starts scripts, and passes messages. It keeps no time and knows no
// SQS: that is the business of whoever listens.
//
//     const python = new Python({ onprogress });
//     await python.load();
//     const script = python.start({ files, main: 'producer.py', argv: [], env: {}, seed: 1, now }, onmessage);
//     script.tell({ type: 'wake', id, now });
//     script.kill(now);
//
// Times are whole milliseconds of virtual time since 1970. All messages are plain objects without cycles: they can be
// JSON. `place` is the line of the script that asks, as `file:line`, and `thread` the thread's name; both may be empty.
//
// A script tells:
//
//     { type: 'call', id, method, url, headers, body, deadline, place, thread }
//                            an HTTP request of boto3, to be made now; at `deadline`, unless that is null, the script
//                            has to be told { error: 'read-timeout' }
//     { type: 'sleep', id, until, place, thread }    waits for a time; `until` may be now
//     { type: 'input', id, prompt, place, thread }   waits for a person's line
//     { type: 'cancel', id }                         does not wait for that any more
//     { type: 'output', stream, at, text }           has printed on 'stdout' or 'stderr', any number of lines or parts
//     { type: 'quiet' }      all of it waits: time may move, to the next thing that is due and no further. Not said of a
//                            script that has been told something since
//     { type: 'ended', at, state, code, traceback, waits, reason }
//                            once, and last. `state` is 'ended', 'failed' (with a code that is not 0), 'interrupted',
//                            'deadlock' (`waits` lists { thread, place }), 'killed' or 'crashed' (`reason` is a text).
//                            `traceback` is null or { type, message, text, frames: [{ file, line, function }] }; the
//                            last frame is where in the script it happened
//
// and is told, each time with `now`:
//
//     { type: 'wake', id }                                   the time of a sleep has come
//     { type: 'reply', id, status, headers, body }           the answer to a call
//     { type: 'reply', id, error }                           or what went wrong: 'read-timeout', 'connect-timeout',
//                                                            'closed', or a text for an endpoint that is not there
//     { type: 'line', id, text }                             what was typed, without its end; null is the end of input
//     { type: 'signal', number }                             2 is Ctrl-C: handlers run, KeyboardInterrupt is raised
//
// For runs that repeat exactly: let time move only while every script is quiet, fire one thing, wait until all are
// quiet again, fire the next; a script's start is such a thing, too.

import { fetchParts } from './fetching.mjs';
import { keepHeap, keptHeap } from './heaps.mjs';

/** An interpreter takes about 150 MB. */
export const SCRIPTS_MAX = 4;

/** How long an interpreter may take to return after its script has ended. */
const RETURN_MS = 100;

/** What the browsers that can do it are, for people whose browser cannot. */
export const BROWSERS = 'Chrome and Edge from version 137, Firefox from version 153, Safari from version 27';

/** Whether this browser can suspend WebAssembly in the middle (JSPI), which waiting is built on. */
export function isSupported() {
  return 'Suspending' in WebAssembly && 'promising' in WebAssembly;
}

export class Python {
  #folder;
  #onprogress;
  #loading = null;
  #parts = null;
  #snapshot = null;
  #spare = null; // an interpreter that waits for its script
  #live = new Set();

  /**
   * `folder` is where this file and the rest of the bundle lie, which is known by itself. `onprogress({ loaded, total })`
   * counts bytes.
   */
  constructor({ folder = new URL('.', import.meta.url).href, onprogress = () => {} } = {}) {
    this.#folder = folder;
    this.#onprogress = onprogress;
  }

  /** How many scripts run. */
  get live() {
    return this.#live.size;
  }

  /**
   * Fetches and starts what is needed; scripts then start quickly. Called again it does nothing more.
   *
   * Rejects if the browser cannot do it, or a file is missing; then it may be tried again.
   */
  load() {
    this.#loading ??= this.#load().catch((error) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  /**
   * Starts a script: `files` are texts by their names, `main` is the name of the one to run, `seed` a number.
   *
   * Throws if it was not loaded, or too many scripts run.
   */
  start({ files, main, argv = [], env = {}, seed = 0, now }, onmessage) {
    if (!this.#parts) throw new Error('Python is not loaded yet');
    if (this.#live.size >= SCRIPTS_MAX) throw new Error(`at most ${SCRIPTS_MAX} scripts can run at the same time`);
    const interpreter = this.#spare ?? this.#boot();
    this.#spare = null;
    const script = new Script(interpreter, onmessage, () => {
      this.#live.delete(script);
      this.#keepSpare();
    });
    this.#live.add(script);
    script.begin({ files, main, argv, env, seed, now });
    interpreter.ready.then(() => this.#keepSpare()).catch(() => {});
    return script;
  }

  /** Ends all scripts, and lets go of all memory. */
  dispose() {
    for (const script of [...this.#live]) script.kill();
    this.#spare?.worker.terminate();
    this.#spare = this.#parts = this.#snapshot = this.#loading = null;
  }

  async #load() {
    if (!isSupported()) throw new Error(`this browser cannot run Python on virtual time; ${BROWSERS} can`);
    // Their workers load their scripts while the rest is fetched.
    const fresh = [new Interpreter(this.#folder), new Interpreter(this.#folder)];
    try {
      const [parts, kept] = await Promise.all([fetchParts(this.#folder, this.#onprogress), keptHeap(this.#folder)]);
      this.#parts = parts;
      if (await this.#copies(kept, fresh)) return;
      const heap = await this.#makeHeap(fresh);
      if (await this.#copies(heap, fresh)) {
        keepHeap(this.#folder, heap);
        return;
      }
      // Copies do not work in this browser: each interpreter starts afresh.
      this.#snapshot = null;
      this.#keepSpare(fresh.pop());
      await this.#spare.ready;
    } catch (error) {
      this.#parts = null;
      throw error;
    } finally {
      for (const { worker } of fresh) worker.terminate();
    }
  }

  /** The heap of an interpreter that has imported everything usual; null if it cannot be copied. */
  async #makeHeap(fresh) {
    const interpreter = fresh.pop() ?? new Interpreter(this.#folder);
    try {
      interpreter.boot(this.#parts, { snapshot: null, mayCopy: true });
      return await interpreter.ready;
    } finally {
      interpreter.worker.terminate();
    }
  }

  /** Whether an interpreter starts as a copy of a heap; it is the first that waits for a script. */
  async #copies(heap, fresh) {
    if (!heap) return false;
    this.#snapshot = heap;
    this.#keepSpare(fresh.pop());
    return this.#spare.ready.then(
      () => true,
      () => false,
    );
  }

  #boot(interpreter = new Interpreter(this.#folder)) {
    interpreter.boot(this.#parts, { snapshot: this.#snapshot, mayCopy: false });
    return interpreter;
  }

  #keepSpare(interpreter) {
    if (this.#spare || !this.#parts || this.#live.size >= SCRIPTS_MAX) return;
    const spare = this.#boot(interpreter);
    this.#spare = spare;
    spare.ready.catch(() => {
      spare.worker.terminate();
      if (this.#spare === spare) this.#spare = null;
    });
  }
}

/** A worker in which Python starts, when it is told what of. */
class Interpreter {
  /** Resolves when it can run a script: to a copy of its heap if that was asked for and can be, or else null. */
  ready;
  worker;
  onmessage = () => {};
  onbroken = () => {};

  #folder;

  constructor(folder) {
    this.#folder = folder;
    this.worker = new Worker(new URL('worker.mjs', folder), { type: 'module' });
    this.ready = new Promise((resolve, reject) => {
      const fail = (reason) => {
        reject(new Error(`Python has not started: ${reason}`));
        this.onbroken(reason);
      };
      this.worker.onerror = (event) => {
        event.preventDefault(); // it is told below, not to the console as well
        fail(event.message || 'its worker could not be loaded');
      };
      this.worker.onmessage = ({ data }) => {
        if (data.type === 'ready') resolve(data.snapshot);
        else if (data.type === 'broken') fail(data.reason);
        else for (const message of data) this.onmessage(message);
      };
    });
    this.ready.catch(() => {}); // also if nobody waits for it any more
  }

  /** With the parts of the bundle, and a heap to copy, or else as one that may be copied. */
  boot({ module, archives }, { snapshot, mayCopy }) {
    this.worker.postMessage({ type: 'boot', folder: this.#folder, module, archives, snapshot, mayCopy });
  }
}

/** A script that runs. */
class Script {
  #interpreter;
  #onmessage;
  #onend;
  #sent = 0;
  #now = 0;
  #isOver = false;

  constructor(interpreter, onmessage, onend) {
    this.#interpreter = interpreter;
    this.#onmessage = onmessage;
    this.#onend = onend;
    interpreter.onmessage = (message) => this.#hear(message);
    interpreter.onbroken = (reason) => this.#end({ state: 'crashed', code: 134, traceback: null, reason });
    interpreter.ready.catch((error) => this.#end({ state: 'crashed', code: 134, traceback: null, reason: error.message }));
  }

  /** Only for `Python.start`. */
  begin(order) {
    // In the order of sending, so behind what starts the interpreter.
    this.tell({ type: 'run', ...order });
  }

  /** Tells the script something; see above. What comes after its end is dropped. */
  tell(message) {
    if (this.#isOver) return;
    this.#sent += 1;
    this.#now = message.now;
    this.#interpreter.worker.postMessage({ ...message, seq: this.#sent });
  }

  /** Ends it at once, whatever it does; `now` as in what it is told. */
  kill(now = this.#now) {
    this.#now = now;
    this.#end({ state: 'killed', code: 137, traceback: null });
  }

  #hear(message) {
    if (this.#isOver) return;
    if (message.type === 'ended') this.#end(message);
    else if (message.type !== 'quiet') this.#onmessage(message);
    else if (message.seq === this.#sent) this.#onmessage({ type: 'quiet' });
  }

  #end(message) {
    if (this.#isOver) return;
    this.#isOver = true;
    const { worker } = this.#interpreter;
    // One that has ended by itself is about to return from Python; Firefox complains if that is cut short.
    if (message.type === 'ended') setTimeout(() => worker.terminate(), RETURN_MS);
    else worker.terminate();
    this.#onend();
    this.#onmessage({ type: 'ended', at: this.#now, waits: [], reason: '', ...message });
  }
}
