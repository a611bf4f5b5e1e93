// The same loop as `cargo bench --bench core`, in WebAssembly, and what the core alone weighs.
//
//   cargo build --release --no-default-features --target wasm32-unknown-unknown --example core_wasm
//   node benches/wasm.mjs target/wasm32-unknown-unknown/release/examples/core_wasm.wasm
import { readFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';

const bytes = await readFile(process.argv[2]);
const { instance } = await WebAssembly.instantiate(bytes, {});
instance.exports.cycles(20_000); // lets the engine optimise
const count = 200_000;
const before = performance.now();
instance.exports.cycles(count);
const seconds = (performance.now() - before) / 1000;
console.log(`send, receive, delete in WebAssembly: ${Math.round(count / seconds)} a second`);
console.log(`the core alone: ${bytes.length} bytes, ${brotliCompressSync(bytes).length} after Brotli`);
