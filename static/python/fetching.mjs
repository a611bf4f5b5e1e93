// Fetches the parts of the bundle, with progress.
//
// What is large becomes a Blob: handing one to a worker costs the page nothing, while copying so much would stop it.

/** Resolves to the compiled module and the unpacked archives, as Blobs. */
export async function fetchParts(folder, onprogress) {
  const progress = counter(onprogress);
  const parts = Promise.all([
    compile(`${folder}pyodide.asm.wasm`, progress.count),
    unpack(`${folder}libraries.pack`, progress.count),
    unpack(`${folder}runtime.pack`, progress.count),
  ]);
  parts.catch(() => {}); // of a folder that has nothing, the list is what is told to be missing
  await progress.know(get(`${folder}manifest.json`));
  const [module, libraries, runtime] = await parts;
  return { module, archives: [libraries, runtime] };
}

async function get(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.split('/').slice(-2).join('/')} cannot be fetched: ${response.status}`);
  return response;
}

function counter(onprogress) {
  let loaded = 0;
  let total = 0; // not known yet
  const tell = () => onprogress({ loaded: total ? Math.min(loaded, total) : 0, total });
  tell();
  return {
    count(bytes) {
      loaded += bytes;
      tell();
    },
    /** How much it will be, once the list of files has come. */
    async know(list) {
      const { files } = await (await list).json();
      const names = ['pyodide.asm.wasm', 'libraries.pack', 'runtime.pack'];
      const sizes = files.filter(({ name }) => names.includes(name)).map(({ bytes }) => bytes);
      total = sizes.reduce((sum, bytes) => sum + bytes, 0);
      tell();
    },
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
  // A copy is counted: of a response as it came, browsers may know the compiled code from before.
  const count = counted(response.clone(), progress).pipeTo(new WritableStream());
  const [module] = await Promise.all([WebAssembly.compileStreaming(response), count]);
  return module;
}

async function unpack(url, progress) {
  const response = await get(url);
  return new Response(counted(response, progress).pipeThrough(new DecompressionStream('gzip'))).blob();
}
