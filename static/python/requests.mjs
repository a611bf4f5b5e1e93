// What a script asks of the page, and who waits for the answer.

export class Requests {
  #post;
  #stacks;
  #clock;
  #waiters = new Map(); // id -> waiter
  #ids = 0;

  constructor(post, stacks, clock) {
    this.#post = post;
    this.#stacks = stacks;
    this.#clock = clock;
  }

  /** Whether the page owes nothing: then nothing but a signal can wake a script that is quiet. */
  get isEmpty() {
    return this.#waiters.size === 0;
  }

  /** To be woken in so many milliseconds; the page knows whole ones, and a wait is never too short. */
  sleep(ms, place, thread) {
    return this.#ask({ type: 'sleep', until: this.#clock.now + Math.ceil(ms), place, thread });
  }

  /** An HTTP request as JSON; `patience` is how long to wait for the answer, if not negative. */
  call(json, patience, place, thread) {
    const deadline = patience < 0 ? null : this.#clock.now + Math.ceil(patience);
    return this.#ask({ type: 'call', ...JSON.parse(json), deadline, place, thread });
  }

  /** A line that a person types. */
  input(prompt, place, thread) {
    return this.#ask({ type: 'input', prompt, place, thread });
  }

  /** The page's answer; one that nobody waits for any more is dropped. */
  answer(id, value) {
    const waiter = this.#waiters.get(id);
    if (!waiter) return;
    this.#waiters.delete(id);
    this.#stacks.wake(waiter, value);
  }

  /** Wakes a waiter before the page does, which then need not. */
  wake(waiter) {
    if (waiter.request && this.#waiters.delete(waiter.request)) {
      this.#post({ type: 'cancel', id: waiter.request });
    }
    return this.#stacks.wake(waiter);
  }

  #ask(message) {
    const waiter = this.#stacks.waiter();
    this.#ids += 1;
    waiter.request = this.#ids;
    this.#waiters.set(waiter.request, waiter);
    this.#post({ ...message, id: waiter.request });
    return waiter;
  }
}
