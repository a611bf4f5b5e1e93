// The pulse of a script that computes without a wait: after so much work it is made to wait for a moment.
//
// The interpreter looks for signals in a buffer, every so many steps of its own. In the place of the buffer it gets an
// object that counts how often it looks. That is the same number in every browser, so the pulse comes at the same step.

/** How often the interpreter looks before the pulse: about 100,000 turns of a loop. */
const LOOKS = 2000;

/** How often it looks before the pulse tries again, if it came at a moment when it could not be served. */
const LOOKS_SOON = 20;

/** SIGVTALRM, which Python's side has a handler for. */
const SIGNAL = 26;

/** Work costs virtual time, the more the longer it goes on: first this, then twice that, and so on. */
const FIRST_MS = 1;
const LONGEST_MS = 20;

export class Pulse {
  #looks = 0;
  #ms = FIRST_MS;
  #isOn = false;
  #isServed = false; // whether the wait that comes is our own

  /** What the interpreter takes for its buffer of signals. */
  get buffer() {
    const pulse = this;
    return {
      get 0() {
        return pulse.#look();
      },
      set 0(seen) {},
    };
  }

  begin() {
    this.#isOn = true;
  }

  /** The script waits; if it does so by itself, it has worked enough. */
  rest() {
    if (!this.#isServed) this.#ms = FIRST_MS;
    this.#isServed = false;
    this.#looks = 0;
  }

  /** The pulse came at a bad moment. */
  soon() {
    this.#looks = LOOKS - LOOKS_SOON;
  }

  /** What the work since the last pulse costs. */
  cost() {
    const ms = this.#ms;
    this.#isServed = true;
    this.#ms = Math.min(2 * ms, LONGEST_MS);
    return ms;
  }

  #look() {
    if (!this.#isOn) return 0;
    this.#looks += 1;
    if (this.#looks < LOOKS) return 0;
    this.#looks = 0;
    return SIGNAL;
  }
}
