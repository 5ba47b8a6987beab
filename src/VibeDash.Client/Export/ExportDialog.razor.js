// Streams an export into a file: straight to the disk where the browser lets a page do that, else by way of its memory.
import { save } from '../save.js';

export { close, open } from '../dialog.js';

const reportEvery = 150;

export function create(address, dialog) {
  const aborting = new AbortController();
  return {
    run: name => run(address, name, dialog, aborting.signal),
    cancel: () => aborting.abort(),
  };
}

async function run(address, name, dialog, signal) {
  let target;
  try {
    target = await openTarget(name);
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(await said(response));
    await copy(response, target, dialog, signal);
    await target.close(response.headers.get('Content-Type'));
    return { done: true, cancelled: false };
  } catch (fault) {
    await target?.abort();
    // AbortError also when the person has chosen no file.
    return fault.name === 'AbortError' ? { done: false, cancelled: true } : { done: false, cancelled: false, fault: fault.message };
  }
}

async function copy(response, target, dialog, signal) {
  const expected = Number(response.headers.get('X-Total-Count') ?? 0);
  // CSV has a row of names before the first.
  let rows = response.headers.get('Content-Type')?.startsWith('text/csv') ? -1 : 0;
  let bytes = 0, reported = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    await target.write(value);
    bytes += value.length;
    for (let i = value.indexOf(10); i >= 0; i = value.indexOf(10, i + 1)) rows++;
    if (performance.now() - reported >= reportEvery) {
      reported = performance.now();
      await dialog.invokeMethodAsync('Report', Math.max(rows, 0), bytes, expected);
    }
    signal.throwIfAborted();
  }
  await dialog.invokeMethodAsync('Report', Math.max(rows, 0), bytes, expected);
}

async function openTarget(name) {
  if (!window.showSaveFilePicker) return memory(name);
  const handle = await window.showSaveFilePicker({ suggestedName: name });
  // What is written reaches the file when it is closed; until then the old one stays as it was.
  const file = await handle.createWritable();
  return { write: bytes => file.write(bytes), close: () => file.close(), abort: () => file.abort() };
}

function memory(name) {
  const parts = [];
  return {
    write: async bytes => { parts.push(bytes); },
    close: async type => save(name, new Blob(parts, { type })),
    abort: async () => { parts.length = 0; },
  };
}

async function said(response) {
  try {
    const problem = await response.json();
    return problem.detail ?? Object.values(problem.errors ?? {}).flat()[0] ?? problem.title;
  } catch {
    return `The server answered ${response.status}.`;
  }
}
