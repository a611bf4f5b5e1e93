// Fetches the parts of the bundle, with progress.
//
// What is large becomes a Blob: handing one to a worker costs the page nothing, while copying so much would stop it.

/** Resolves to the compiled module and the unpacked archives, as Blobs. */
export async function fetchParts(folder, onprogress) {
  const manifest = await (await get(`${folder}manifest.json`)).json();
  const progress = counter(manifest, onprogress);
  const [module, ...archives] = await Promise.all([
    compile(`${folder}pyodide.asm.wasm`, progress),
    unpack(`${folder}libraries.pack`, progress),
    unpack(`${folder}runtime.pack`, progress),
  ]);
  return { module, archives };
}

async function get(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.split('/').slice(-2).join('/')} cannot be fetched: ${response.status}`);
  return response;
}

function counter(manifest, onprogress) {
  const sizes = new Map(manifest.files.map(({ name, bytes }) => [name, bytes]));
  const names = ['pyodide.asm.wasm', 'libraries.pack', 'runtime.pack'];
  const total = names.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  let loaded = 0;
  onprogress({ loaded, total });
  return (bytes) => {
    loaded += bytes;
    onprogress({ loaded: Math.min(loaded, total), total });
  };
}

/** Passes on a response's bytes and counts them. */
function counted(response, progress) {
  const count = new TransformStream({
    transform(chunk, controller) {
      progress(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  return response.body.pipeThrough(count);
}

async function compile(url, progress) {
  const response = await get(url);
  const headers = { 'Content-Type': 'application/wasm' };
  return WebAssembly.compileStreaming(new Response(counted(response, progress), { headers }));
}

async function unpack(url, progress) {
  const response = await get(url);
  return new Response(counted(response, progress).pipeThrough(new DecompressionStream('gzip'))).blob();
}
