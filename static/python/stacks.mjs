// Python's threads: stacks of which one runs at a time, first come, first served.
//
// A stack that has nothing to do is suspended inside of a promise. Because only one is ever
// let go, and in a fixed order, what the script does depends on nothing that a browser decides.

/** What a stack waits for. It is woken once; whoever comes later comes to nothing. */
class Waiter {
  isDone = false;
  value; // what it was woken with
  request = 0; // the request to the page that would wake it, if there is one
  stack = 0; // who is blocked on it, if anybody
  promise = null; // what that stack is suspended in
}

/** What `block` comes to: the thing has happened, or a signal came first and the stack may block again. */
const DONE = 0;
const SIGNALLED = 1;

/** The main stack's number. */
export const MAIN = 1;

export class Stacks {
  #running = 0; // 0: none
  #ready = []; // functions that let a stack go on
  #blocked = new Map(); // stack -> { waiter, resume }
  #alive = new Set();
  #interrupted = false;
  #begin;
  #onquiet;

  /** `begin(stack)` runs a stack to its end; `onquiet()` is told when none can run. */
  constructor(begin, onquiet) {
    this.#begin = begin;
    this.#onquiet = onquiet;
  }

  get isQuiet() {
    return this.#running === 0 && this.#ready.length === 0;
  }

  /** The stacks that wait. */
  get blocked() {
    return [...this.#blocked.keys()];
  }

  /** A new stack, which runs when its turn comes. */
  spawn(stack) {
    this.#alive.add(stack);
    this.#ready.push(() => {
      this.#running = stack;
      this.#begin(stack).finally(() => {
        this.#alive.delete(stack);
        this.#running = 0;
        this.#next();
      });
    });
    this.#next();
  }

  waiter() {
    return new Waiter();
  }

  /**
   * The running stack is about to suspend itself in the waiter's promise, until the waiter is woken or a signal comes.
   * Not in what this returns: Python's side makes futures of promises that functions return.
   */
  block(waiter) {
    const stack = this.#running;
    waiter.promise = new Promise((resolve) => {
      this.#running = 0;
      this.#blocked.set(stack, { waiter, resolve });
      if (waiter.isDone) this.#release(stack);
      else if (stack === MAIN && this.#interrupted) this.#release(stack);
      else waiter.stack = stack;
      this.#next();
    });
  }

  /** Wakes whoever waits, or will; false if that has been done. */
  wake(waiter, value) {
    if (waiter.isDone) return false;
    waiter.isDone = true;
    waiter.value = value;
    if (waiter.stack) this.#release(waiter.stack);
    this.#next();
    return true;
  }

  /** A waiter that is woken when the others have had their turn. */
  pass() {
    const waiter = this.waiter();
    waiter.isDone = true;
    return waiter;
  }

  /** Makes the main stack's wait end with a signal: now, or as soon as it waits. */
  interrupt() {
    this.#interrupted = true;
    if (this.#blocked.get(MAIN)?.waiter.stack === MAIN) this.#release(MAIN);
    this.#next();
  }

  #release(stack) {
    const { waiter, resolve } = this.#blocked.get(stack);
    waiter.stack = 0;
    this.#ready.push(() => {
      this.#blocked.delete(stack);
      this.#running = stack;
      const signalled = stack === MAIN && this.#interrupted;
      if (signalled) this.#interrupted = false;
      resolve(signalled ? SIGNALLED : DONE);
    });
  }

  #next() {
    if (this.#running !== 0) return;
    const go = this.#ready.shift();
    if (go) go();
    else this.#onquiet();
  }
}
