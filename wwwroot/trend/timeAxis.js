// The time axis. Ours and not the library's, which writes, measures and removes each label before it draws it: that was a quarter of a drawing.
// And so it follows a hand that moves the chart.
import { add, renew } from './svg.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// The widest label, "23:59:59.5", and some air, in pixels.
const room = 72;
const steps = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30].map(n => ({ unit: 'second', n, length: n * second })),
  ...[1, 2, 5, 10, 15, 30].map(n => ({ unit: 'minute', n, length: n * minute })),
  ...[1, 2, 3, 4, 6, 12].map(n => ({ unit: 'hour', n, length: n * hour })),
  ...[1, 2, 5, 10].map(n => ({ unit: 'day', n, length: n * day })),
  ...[1, 3, 6].map(n => ({ unit: 'month', n, length: n * 31 * day })),
  ...[1, 2, 5, 10].map(n => ({ unit: 'year', n, length: n * 366 * day })),
];

/**
 * Round times from one to another, in milliseconds since 1970, that leave each other room on so many pixels: { at, text, isBold }. They are round
 * on the clock of the browser's zone, or of UTC, on days on which that clock is changed, too.
 */
export function times(from, to, width, utc) {
  const step = steps.find(({ length }) => length / (to - from) * width >= room) ?? steps.at(-1);
  const write = writer(step, utc);
  return moments(step, from, to, utc).filter((at, i, all) => at >= from && at <= to && at !== all[i - 1]).map(write);
}

/** Draws them below area { left, top, width, height } of a chart, in place of those drawn before. */
export function drawTimes(svg, area, { from, to, utc }) {
  const group = renew(svg, 'trend-times');
  const bottom = area.top + area.height;
  for (const { at, text, isBold } of times(from, to, area.width, utc)) {
    const x = area.left + (at - from) / (to - from) * area.width;
    add(group, 'line', { x1: x, x2: x, y1: bottom, y2: bottom + 6, stroke: 'var(--line)' });

    // Half a label, at 7 pixels a letter, must not be cut off.
    if (x + text.length * 3.5 <= svg.clientWidth) add(group, 'text', { x, y: bottom + 20, 'text-anchor': 'middle', 'font-size': 12, 'font-weight': isBold ? 600 : 400, fill: 'var(--muted)' }, text);
  }
}

function moments({ unit, n, length }, from, to, utc) {
  const found = [];

  // Up to an hour by the length of time, so that the hour a clock goes through twice has its times, too; zones differ by quarters of an hour.
  if (length <= hour) {
    const offset = utc ? 0 : -new Date(from).getTimezoneOffset() * minute;
    for (let at = Math.ceil((from + offset) / length) * length - offset; at <= to; at += length) found.push(Math.round(at));
    return found;
  }
  const clock = utc ? (...parts) => Date.UTC(...parts) : (...parts) => new Date(...parts).getTime();
  const [year, month, date, hours] = parts(from, utc);
  const round = value => value - value % n;
  const at = {
    hour: i => clock(year, month, date, round(hours) + i * n),
    day: i => clock(year, month, date + i),
    month: i => clock(year, round(month) + i * n),
    year: i => clock(round(year) + i * n, 0),
  }[unit];
  for (let i = 0; found.length === 0 || found.at(-1) <= to; i++) found.push(at(i));

  // The 1st of each month, from there on every nth day, and none that would touch the next 1st.
  return unit !== 'day' ? found : found.filter(moment => {
    const [year, month, nth] = parts(moment, utc);
    const left = new Date(Date.UTC(year, month + 1, 0)).getUTCDate() - nth + 1;
    return (nth - 1) % n === 0 && left >= n * 2 / 3;
  });
}

function parts(at, utc) {
  const t = new Date(at);
  return utc
    ? [t.getUTCFullYear(), t.getUTCMonth(), t.getUTCDate(), t.getUTCHours(), t.getUTCMinutes(), t.getUTCSeconds(), t.getUTCMilliseconds()]
    : [t.getFullYear(), t.getMonth(), t.getDate(), t.getHours(), t.getMinutes(), t.getSeconds(), t.getMilliseconds()];
}

// Midnight is the day that begins, and in months January the year that does.
function writer({ unit, n }, utc) {
  const two = number => String(number).padStart(2, '0');
  return at => {
    const [year, month, date, hours, minutes, seconds, thousandths] = parts(at, utc);
    const day = `${two(date)} ${months[month]}`;
    const clock = `${two(hours)}:${two(minutes)}`;
    if (unit === 'year') return { at, text: String(year), isBold: false };
    if (unit === 'month') return { at, text: month === 0 ? String(year) : months[month], isBold: month === 0 };
    if (unit === 'day') return { at, text: day, isBold: false };
    if (hours + minutes + seconds + thousandths === 0) return { at, text: day, isBold: true };
    if (unit !== 'second') return { at, text: clock, isBold: false };
    return { at, text: `${clock}:${two(seconds)}${n < 1 ? `.${Math.floor(thousandths / 100)}` : ''}`, isBold: false };
  };
}
