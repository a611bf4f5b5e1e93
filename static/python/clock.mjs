// The virtual clock, as one worker sees it: all of Python's clocks end in Date.now and performance.now.
//
// The page says what time it is with each message. In between the time stands, but for what reading it costs: a loop
// that waits by looking at the clock has to come to its end.

/** What reading the clock costs, in milliseconds: far too little to be seen, enough that no two readings are equal. */
const READ_MS = 1 / 4096;

/** After so many readings without a wait, somebody is waiting for the time to pass. */
const PATIENT_READS = 2000;

/** What a reading costs from then on. */
const BUSY_READ_MS = 1;

/** The time while an interpreter starts: always the same, so that each starts alike. */
const DAWN_MS = Date.UTC(2026, 0, 1);

/** A class of dates that knows no time zone but UTC: what a script prints does not depend on where its person lives. */
function inUtc(Local) {
  class UtcDate extends Local {
    constructor(...parts) {
      super(...(parts.length > 1 ? [Local.UTC(...parts)] : [parts.length === 1 ? parts[0] : UtcDate.now()]));
    }

    getTimezoneOffset() {
      return 0;
    }
  }
  for (const part of ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds']) {
    UtcDate.prototype[`get${part}`] = Local.prototype[`getUTC${part}`];
    UtcDate.prototype[`set${part}`] = Local.prototype[`setUTC${part}`];
  }
  UtcDate.prototype.getDay = Local.prototype.getUTCDay;
  return UtcDate;
}

export class Clock {
  #host = DAWN_MS; // what the page said last
  #ahead = 0; // how far reading has brought us beyond that
  #reads = 0; // since the page last moved the time
  #start = DAWN_MS;

  /** Puts this clock in the place of the worker's own. */
  install() {
    globalThis.Date = inUtc(Date);
    Date.now = () => this.#read();
    performance.now = () => this.#read() - this.#start;
  }

  /** Begins a script's time, at which its monotonic clocks show nothing. */
  begin(now) {
    this.#host = this.#start = now;
    this.#ahead = this.#reads = 0;
  }

  /** The page says that it is `now`. It is never earlier here than it was. */
  set(now) {
    if (now <= this.#host) return;
    const ahead = this.#host + this.#ahead - now;
    // What is left of a millisecond stays, so that a sleep never seems shorter than it was asked to be.
    this.#ahead = ahead >= 0 ? ahead : this.#ahead % 1;
    this.#host = now;
    this.#reads = 0;
  }

  /** The time here in whole milliseconds. */
  get now() {
    return this.#host + Math.floor(this.#ahead);
  }

  /** Whether the time here has left the page's behind, by a millisecond or more. */
  get isAhead() {
    return this.#ahead >= 1;
  }

  #read() {
    this.#reads += 1;
    this.#ahead += this.#reads > PATIENT_READS ? BUSY_READ_MS : READ_MS;
    return this.#host + this.#ahead;
  }
}
