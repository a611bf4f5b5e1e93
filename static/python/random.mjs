// A seeded stream in the place of crypto.getRandomValues: the same script with the same seed draws the same ids.

/** A generator of 32-bit numbers (SplitMix32): short, and good enough where nobody guards a secret. */
function splitMix32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/** From now on the worker draws from the stream of `seed`. */
export function seedRandomness(seed) {
  const next = splitMix32(seed);
  crypto.getRandomValues = (view) => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = next() >>> 24;
    return view;
  };
}
