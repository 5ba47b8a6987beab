// What lies over all charts: the cursor they share with what can be read off there, and what a gesture is about to choose.
import { digits, time } from './words.js';

export function createCursor(root) {
  const part = name => {
    const element = root.appendChild(document.createElement('div'));
    element.className = name;
    element.hidden = true;
    return element;
  };
  const line = part('trend-cursor');
  const chosen = part('trend-chosen');
  const label = part('trend-label');
  const tip = part('trend-tip');
  let at = null;

  const show = (data, area) => {
    const moment = data.from + (at.x - area.left) / area.width * (data.to - data.from);
    const rows = data.panels.flatMap(panel => panel.series).map(series => ({ series, i: nearest(series.points.times, moment) }));
    const found = rows.filter(({ series, i }) => i >= 0 && !Number.isNaN(series.points.mean[i]));
    const near = found.length > 0 ? found[0].series.points.times[found[0].i] : moment;
    const x = area.left + ((Math.abs(near - moment) / (data.to - data.from) < 0.05 ? near : moment) - data.from) / (data.to - data.from) * area.width;
    line.style.cssText = `left: ${x}px; top: ${area.top}px; height: ${area.height}px`;
    tip.replaceChildren(table(data, rows.length === 1, found, near, moment));
    line.hidden = tip.hidden = false;
    const wide = root.clientWidth;
    const left = x + 16 + tip.offsetWidth > wide ? x - 16 - tip.offsetWidth : x + 16;
    tip.style.left = `${Math.max(0, Math.min(left, wide - tip.offsetWidth))}px`;
    tip.style.top = `${Math.max(0, Math.min(at.y - tip.offsetHeight / 2, root.clientHeight - tip.offsetHeight))}px`;
  };

  return {
    // Where the pointer is, or null; drawn anew with every drawing of the charts.
    point(point, data, area) {
      at = point && area && point.x >= area.left && point.x <= area.left + area.width ? point : null;
      if (at && data) show(data, area);
      else line.hidden = tip.hidden = true;
    },
    again(data, area) {
      if (at && area) show(data, area);
    },
    select(span, data, area) {
      chosen.hidden = span === null;
      if (span === null) return;
      const [a, b] = span.map(x => Math.min(Math.max(x, area.left), area.left + area.width)).sort((x, y) => x - y);
      chosen.style.cssText = `left: ${a}px; width: ${b - a}px; top: ${area.top}px; height: ${area.height}px`;
    },
    say(text) {
      label.hidden = text === null;
      label.textContent = text ?? '';
    },
  };
}

function nearest(times, moment) {
  let [low, high] = [0, times.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle] < moment) low = middle;
    else high = middle;
  }
  if (high < 0) return -1;
  return Math.abs(times[low] - moment) <= Math.abs(times[high] - moment) ? low : high;
}

// Units, names and notes are whatever somebody sent: they become text, never markup.
function table(data, sole, found, near, moment) {
  const table = document.createElement('table');
  table.createCaption().textContent = time(near, data.utc);
  const row = (...texts) => {
    const cells = table.insertRow();
    texts.forEach((text, i) => {
      const cell = cells.appendChild(document.createElement(i === 0 ? 'th' : 'td'));
      if (i === 0) cell.scope = 'row';
      cell.textContent = text;
    });
    return cells;
  };
  for (const { series, i } of found) {
    const { min, max, mean } = series.points;
    if (sole) {
      row('Highest', `${digits(max[i])} ${series.unit}`);
      row('Mean', `${digits(mean[i])} ${series.unit}`);
      row('Lowest', `${digits(min[i])} ${series.unit}`);
    } else {
      row(series.sensorId, `${digits(mean[i])} ${series.unit}`, `${digits(min[i])} – ${digits(max[i])}`).dataset.tone = series.tone;
    }
    const earlier = series.earlier ? nearest(series.earlier.times, moment) : -1;
    if (earlier >= 0 && !Number.isNaN(series.earlier.mean[earlier])) row('Earlier', `${digits(series.earlier.mean[earlier])} ${series.unit}`);
  }
  if (found.length === 0) row('No readings');
  for (const gap of data.panels.flatMap(panel => panel.notGood)) {
    if (gap.from <= moment && gap.to >= moment) row('Quality', gap.text).cells[1].colSpan = 2;
  }
  const within = (data.to - data.from) / 100;
  for (const note of data.panels.flatMap(panel => panel.notes)) {
    if (note.from - within <= moment && (note.to ?? note.from) + within >= moment) {
      const cells = row('Note', note.text);
      cells.className = 'trend-tip-note';
      cells.cells[1].colSpan = 2;
    }
  }
  return table;
}
