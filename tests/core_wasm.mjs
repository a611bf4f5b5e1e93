// The core as WebAssembly: it imports nothing from its host, and computes what it computes natively.
//
//   node tests/core_wasm.mjs core_wasm.wasm digests.json
//
// `cargo xtask test --only core-wasm` builds both files (examples/core_wasm.rs and examples/digests.rs) and runs this.
import { deepStrictEqual } from 'node:assert';
import { readFile } from 'node:fs/promises';

const [wasmFile, digestsFile] = process.argv.slice(2);
const module = await WebAssembly.compile(await readFile(wasmFile));

const imports = WebAssembly.Module.imports(module).map(({ module, name, kind }) => `${kind} ${module}.${name}`);
deepStrictEqual(imports, [], 'the core asks its host for something');

const { exports: core } = await WebAssembly.instantiate(module, {});
const native = JSON.parse(await readFile(digestsFile, 'utf8'));
const count = core.scenario_count();
if (count === 0) throw new Error('the core has no scenario: nothing was compared');
deepStrictEqual(count, native.digests.length, 'the two sides have different scenarios');

const digests = native.digests.map(([name], index) => {
  const digest = BigInt.asUintN(64, core.digest(index, native.seconds));
  return [name, digest.toString(16).padStart(16, '0')];
});
deepStrictEqual(digests, native.digests, 'WebAssembly and native code disagree');
console.log(`No imports; ${count} scenarios, each with the native digest after ${native.seconds} s.`);
