// Numbers, times and colours as the charts write them.

export function digits(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  const size = Math.abs(value);
  const text = value.toFixed(size === 0 ? 0 : size < 10 ? 2 : size < 100 ? 1 : 0);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

export function time(value, utc) {
  const t = new Date(utc ? value : value - new Date(value).getTimezoneOffset() * 60000);
  return t.toISOString().slice(0, 19).replace('T', ' ') + (utc ? ' UTC' : '');
}

export function capital(word) {
  return word[0].toUpperCase() + word.slice(1);
}

export function short(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

// As the browser resolves it: the library computes with colours and knows neither variables nor light-dark().
export function tones(element) {
  const probe = element.appendChild(document.createElement('i'));
  probe.hidden = true;
  queueMicrotask(() => probe.remove());
  return name => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
}
