// Takes from the worker everything that leads out of it, before any pasted code runs.
//
// Python may reach JavaScript objects by ways that nobody has thought of. So what is hidden is not the way but the
// goal: no network, no storage, no other worker, no message to the page but through the runtime, and no means to run
// JavaScript that is given as text.

/** What stays: the language, and what the interpreter itself needs. */
const KEPT = new Set(
  `Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError Float16Array
  Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object
  Promise Proxy RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError URIError Uint16Array
  Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet FinalizationRegistry AggregateError SuppressedError
  DisposableStack AsyncDisposableStack WebAssembly decodeURI decodeURIComponent encodeURI encodeURIComponent escape
  unescape globalThis isFinite isNaN parseFloat parseInt undefined console performance crypto TextDecoder TextEncoder
  DOMException Event EventTarget AbortController AbortSignal structuredClone queueMicrotask setTimeout clearTimeout
  setInterval clearInterval reportError onmessage`.split(/\s+/),
);

/** Empties the worker's global scope, and disarms what makes code of text. */
export function closeSandbox() {
  for (let scope = globalThis; scope && scope !== Object.prototype; scope = Object.getPrototypeOf(scope)) {
    for (const name of Reflect.ownKeys(scope)) {
      if (!KEPT.has(name) && name !== 'constructor' && typeof name === 'string') remove(scope, name);
    }
  }
  disarm();
  // The interpreter tells the console how it broke down; the page tells the person.
  for (const name of Object.keys(console)) console[name] = () => {};
}

function remove(scope, name) {
  const { configurable, writable } = Object.getOwnPropertyDescriptor(scope, name);
  if (configurable) delete scope[name];
  else if (writable) scope[name] = undefined;
}

function disarm() {
  const refuse = () => {
    throw new TypeError('code cannot be made of text here');
  };
  const samples = [function () {}, async function () {}, function* () {}, async function* () {}];
  for (const sample of samples) {
    Object.defineProperty(Object.getPrototypeOf(sample), 'constructor', { value: refuse });
  }
  const later = globalThis.setTimeout;
  const timer = (callback, ...rest) => (typeof callback === 'function' ? later(callback, ...rest) : refuse());
  globalThis.setTimeout = timer;
  globalThis.setInterval = refuse;
  globalThis.eval = refuse;
  // The global name too: libraries ask whether things are instances of it.
  globalThis.Function = Object.assign(refuse, { prototype: Function.prototype });
}
