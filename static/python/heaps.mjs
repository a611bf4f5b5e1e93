// Keeps the heap that scripts start with from one visit to the next: to make it is most of the time that loading takes.
//
// It is 38 MB that nothing but this bundle in this browser can use, so there is never more than one. A browser that
// keeps nothing makes it anew.

const CACHE = 'python-heap';

/** Of another bundle, or another browser, a heap would not fit. */
function addressOf(folder) {
  const address = new URL('heap', folder);
  address.searchParams.set('browser', navigator.userAgent);
  return address.href;
}

/** The heap as a Blob, or null. */
export async function keptHeap(folder) {
  try {
    const kept = await (await caches.open(CACHE)).match(addressOf(folder));
    return kept ? await kept.blob() : null;
  } catch {
    return null;
  }
}

/** Keeps a heap in place of the one before, if it can. */
export async function keepHeap(folder, heap) {
  try {
    await caches.delete(CACHE);
    await (await caches.open(CACHE)).put(addressOf(folder), new Response(heap));
  } catch {
    // There is no room, or no permission.
  }
}
