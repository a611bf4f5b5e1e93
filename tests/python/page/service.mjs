// The service of examples/sqs_wasm.rs, for the tests of the Python runtime.

const MODES = ['strict', 'aws-like', 'chaos'];

export class Service {
  #exports;

  static async load(url) {
    const { instance } = await WebAssembly.instantiateStreaming(fetch(url), {});
    return new Service(instance.exports);
  }

  constructor(exports) {
    this.#exports = exports;
  }

  reset({ mode = 'strict', seed = 1 } = {}) {
    this.#exports.reset(MODES.indexOf(mode), BigInt(seed));
  }

  /** Makes a call and returns its number; its answer may be among `answers()` now or later. */
  call(now, { method, url, headers, body }) {
    const lines = Object.entries(headers).map(([name, value]) => `${name.toLowerCase()}: ${value}\n`);
    const text = `${method} ${new URL(url).pathname}\n${lines.join('')}\n${body}`;
    for (const byte of new TextEncoder().encode(text)) this.#exports.push(byte);
    return Number(this.#exports.call(BigInt(now)));
  }

  advance(now) {
    this.#exports.advance(BigInt(now));
  }

  cancel(call) {
    this.#exports.cancel(BigInt(call));
  }

  get timeout() {
    const at = BigInt.asUintN(64, this.#exports.poll_timeout());
    return at === 2n ** 64n - 1n ? Infinity : Number(at);
  }

  /** The answers since this was asked last: `[call, { status, headers, body }]`. */
  answers() {
    const answers = [];
    for (let call = this.#exports.next_answer(); call; call = this.#exports.next_answer()) {
      const bytes = new Uint8Array(this.#exports.output_length());
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = this.#exports.output(at);
      answers.push([Number(call), parse(new TextDecoder().decode(bytes))]);
    }
    return answers;
  }
}

function parse(text) {
  const split = text.indexOf('\n\n');
  const [status, ...lines] = text.slice(0, split).split('\n');
  const headers = Object.fromEntries(lines.map((line) => line.split(/: (.*)/).slice(0, 2)));
  return { status: Number(status), headers, body: text.slice(split + 2) };
}
