// What a script prints, in few and large messages, and with an end.

/** What one script may print. */
const LINES_MAX = 100_000;
const CHARACTERS_MAX = 8_000_000;

/** What is kept before it is sent. Virtual time does not pass meanwhile, so nobody sees it late. */
const KEPT_CHARACTERS = 16_384;

const NOTICE =
  '\n[This script has printed 100,000 lines or 8 million characters. It goes on, but what it prints now is not shown.]\n';

const STREAMS = { 1: 'stdout', 2: 'stderr' };

export class Output {
  #post;
  #sendAll;
  #clock;
  #kept = ''; // all of one stream, printed at one instant
  #stream = 0;
  #at = 0;
  #lines = 0;
  #characters = 0;
  #isOver = false;

  constructor(post, sendAll, clock) {
    this.#post = post;
    this.#sendAll = sendAll;
    this.#clock = clock;
  }

  write(stream, text) {
    if (this.#isOver || text === '') return;
    const at = this.#clock.now;
    if (stream !== this.#stream || at !== this.#at) this.flush();
    this.#stream = stream;
    this.#at = at;
    this.#count(text);
    if (this.#kept.length >= KEPT_CHARACTERS) {
      this.flush();
      this.#sendAll();
    }
  }

  flush() {
    if (this.#kept === '') return;
    this.#post({ type: 'output', stream: STREAMS[this.#stream], at: this.#at, text: this.#kept });
    this.#kept = '';
  }

  #count(text) {
    let end = this.#lines === LINES_MAX ? 0 : Math.min(text.length, CHARACTERS_MAX - this.#characters);
    for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
      this.#lines += 1;
      if (this.#lines === LINES_MAX) end = at + 1; // the last that is shown
    }
    this.#characters += end;
    this.#kept += text.slice(0, end);
    if (end === text.length) return; // a script that stops right here is told nothing
    this.#isOver = true;
    this.flush();
    this.#stream = 2;
    this.#kept = NOTICE;
    this.flush();
  }
}
