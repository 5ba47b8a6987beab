// Streams an export into a file: directly to disk where the browser allows it, otherwise through memory.
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
    if (!response.ok) throw await refusal(response);
    await copy(response, target, dialog, signal);
    await target.close(response.headers.get('Content-Type'));
    return { done: true, cancelled: false };
  } catch (fault) {
    await target?.abort();
    // AbortError also when the file picker was cancelled.
    return fault.name === 'AbortError' ? { done: false, cancelled: true } : { done: false, cancelled: false, fault: fault.message, problem: fault.problem };
  }
}

async function copy(response, target, dialog, signal) {
  const expected = Number(response.headers.get('X-Total-Count') ?? 0);
  // The header of a CSV file is not a row.
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
  // The file is replaced when it is closed; until then the old one is unchanged.
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

// With the problem details, if any, of which the dialog makes the sentence.
async function refusal(response) {
  const isProblem = response.headers.get('Content-Type')?.startsWith('application/problem+json');
  return Object.assign(new Error(`The server answered ${response.status}.`), isProblem ? { problem: await response.text() } : {});
}
