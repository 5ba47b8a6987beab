// One to three short tones from an oscillator: no file to load. Silent until a person has allowed sound.
const soundKey = 'vibedash.sound';
const notificationsKey = 'vibedash.notifications';
const signals = {
  Critical: [[880, 0], [660, 0.22], [880, 0.44]],
  Warning: [[660, 0], [880, 0.22]],
  Advisory: [[520, 0]],
};
let audio;

// A browser may deny storage. The choice then lasts as long as the page.
function read(key) {
  try { return localStorage.getItem(key) === 'on'; } catch { return false; }
}

function keep(key, isOn) {
  try { localStorage.setItem(key, isOn ? 'on' : 'off'); } catch { /* as in read() */ }
}

export function load() {
  const sound = read(soundKey);
  // After a reload the browser requires a click or a key press first.
  if (sound) {
    for (const gesture of ['pointerdown', 'keydown']) addEventListener(gesture, () => { if (read(soundKey)) ready(); }, { once: true });
  }
  return { sound, notifications: read(notificationsKey) && 'Notification' in window && Notification.permission === 'granted' };
}

export async function setSound(isOn) {
  keep(soundKey, isOn);
  if (isOn) return play('Advisory');
  await audio?.suspend();
  return true;
}

export async function play(severity) {
  if (!await ready()) return false;
  const start = audio.currentTime + 0.02;
  for (const [frequency, after] of signals[severity] ?? signals.Advisory) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = frequency;
    // Without ramps each tone would start and end with a click.
    volume.gain.setValueAtTime(0.0001, start + after);
    volume.gain.exponentialRampToValueAtTime(0.35, start + after + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + after + 0.2);
    tone.connect(volume).connect(audio.destination);
    tone.start(start + after);
    tone.stop(start + after + 0.21);
  }
  return true;
}

export async function setNotifications(isOn) {
  if (!('Notification' in window)) return 'unsupported';
  const permission = isOn ? await Notification.requestPermission() : Notification.permission;
  keep(notificationsKey, isOn && permission === 'granted');
  return permission;
}

export function notify(title, body, tag) {
  try {
    const shown = new Notification(title, { body, tag, renotify: true });
    shown.onclick = () => { focus(); shown.close(); };
  } catch {
    // Mobile browsers have the API but do not allow notifications by pages.
  }
}

async function ready() {
  audio ??= new AudioContext();
  // While sound is blocked, resume() never settles.
  if (audio.state !== 'running') await Promise.race([audio.resume(), new Promise(settle => setTimeout(settle, 200))]);
  return audio.state === 'running';
}
