// What stands in a chart besides grid and lines: axes of levels, spans of alerts, thresholds, notes, and readings that no line joins. Ours and not the
// library's, which measures every text and, for one such reading, makes a marker of each point of all lines.
import { axisWidth, lineTone } from './options.js';
import { parts } from './scale.js';
import { add, renew } from './svg.js';
import { capital, digits, short } from './words.js';

// Of a line of text, in pixels; hardly a letter is wider.
const lineHeight = 14;
const letterWidth = 7.5;
const mostDots = 100;
let hatches = 0;

// Readable on any ground, without knowing how wide it is.
const halo = { stroke: 'var(--surface)', 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke', 'font-size': 12 };

/**
 * Draws the marks of a panel in place of those drawn before.
 * @param svg of its chart
 * @param axes of levels, { unit, min, max }
 * @param area where that draws levels, { left, top, width, height }
 * @param stretch of time that is shown there, { from, to }
 */
export function drawMarks(svg, panel, axes, area, { from, to }, place) {
  const { width, height } = area;
  const transform = `translate(${area.left} ${area.top})`;
  const behind = renew(svg, 'trend-spans', { transform });
  svg.prepend(behind);
  const group = renew(svg, 'trend-marks', { transform });
  const x = time => (time - from) / (to - from) * width;
  const edge = time => Math.min(Math.max(x(time), 0), width);
  const inside = mark => (mark.to ?? mark.from) >= from && mark.from <= to;
  const y = (level, { min, max }) => height - (level - min) / (max - min) * height;
  const axisOf = series => axes.find(axis => axis.unit === series.unit);
  const labels = [];

  drawSpans(panel.spans.filter(inside));
  drawGaps(panel.notGood.filter(inside));
  if (axes[0].min < 0) add(group, 'line', { class: 'trend-zero', x1: 0, x2: width, y1: y(0, axes[0]), y2: y(0, axes[0]), stroke: 'var(--muted)' });
  const [first] = panel.series;
  panel.cuts.filter(inside).forEach(drawCut);
  const thresholds = panel.thresholds.filter(inside);
  thresholds.forEach(drawThreshold);
  panel.notes.filter(inside).forEach(drawNote);
  panel.series.forEach(drawDots);
  axes.forEach(drawAxis);
  if (place.stacked) add(group, 'text', { ...halo, x: 4, y: -7, 'font-size': 13, 'font-weight': 600, fill: `var(${lineTone(panel, first, place)})` }, short(first.sensorId, 60));

  // One path for each severity, however many alerts there are.
  function drawSpans(spans) {
    for (const severity of new Set(spans.map(span => span.severity))) {
      const outlines = spans.filter(span => span.severity === severity).map(span => {
        const [left, right] = [edge(span.from), edge(span.to)];
        return `M${Math.min(left, width - 3)} 0H${Math.max(right, left + 3)}V${height}H${Math.min(left, width - 3)}Z`;
      });
      add(behind, 'path', { d: outlines.join(''), fill: `var(--${severity})`, 'fill-opacity': 0.14 });
    }
  }

  // Where the line would be if its unit could be converted.
  function drawCut(cut) {
    const [left, right] = [edge(cut.from), edge(cut.to)];
    add(behind, 'rect', { class: 'trend-cut', x: left, y: 0, width: right - left, height, fill: 'var(--muted)', 'fill-opacity': 0.12 });
    for (const [at, time] of [[left, cut.from], [right, cut.to]]) {
      if (time > from && time < to) add(group, 'line', { x1: at, x2: at, y1: 0, y2: height, stroke: 'var(--muted)', 'stroke-dasharray': '2 3' });
    }
    const text = short(cut.text, Math.floor((right - left) / letterWidth) - 1);
    if (text.length > 4) add(group, 'text', { ...halo, x: (left + right) / 2, y: height / 2, 'text-anchor': 'middle', fill: 'var(--muted)' }, text);
  }

  // Hatched: readings that were not good. One path, so that overlapping ones do not add up.
  function drawGaps(gaps) {
    if (gaps.length === 0) return;
    const id = `trend-hatch-${++hatches}`;
    const hatch = add(behind, 'pattern', { id, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' });
    add(hatch, 'line', { x1: 0, x2: 0, y1: 0, y2: 7, stroke: 'var(--stale)', 'stroke-width': 2, 'stroke-opacity': 0.5 });
    const outlines = gaps.map(gap => {
      const [left, right] = [edge(gap.from), edge(gap.to)];
      return `M${Math.min(left, width - 3)} 0H${Math.max(right, left + 3)}V${height}H${Math.min(left, width - 3)}Z`;
    });
    add(behind, 'path', { class: 'trend-gap', d: outlines.join(''), fill: `url(#${id})` });
  }

  // Each over the time in which it was in force.
  function drawThreshold({ level, severity, from: begins, to: ends }, i) {
    const at = y(level, axisOf(first));
    const colour = severity === 'baseline' ? 'var(--muted)' : `var(--${severity})`;
    add(group, 'line', { x1: edge(begins), x2: edge(ends), y1: at, y2: at, stroke: colour, 'stroke-dasharray': 5 });

    // On its line, but not above the plot, where the name of the sensor is; and beside those that are there already.
    const label = { text: `${capital(severity)} ${digits(level)}`, y: Math.max(at - 4, 8) };
    label.x = Math.max(edge(begins) + 4, ...labels.filter(other => Math.abs(other.y - label.y) < lineHeight).map(other => other.x + (other.text.length + 1) * letterWidth));

    // Where it has no room beside the next one it has none, unless it is the last, which ends with the plot.
    const right = label.x + (label.text.length + 1) * letterWidth;
    const later = thresholds.some((other, j) => j > i && other.severity === severity && other.from >= ends && other.from < to);
    if (later && right > edge(ends)) return;
    if (begins > from && right > width) label.x -= right - width;
    labels.push(label);
    add(group, 'text', { ...halo, x: label.x, y: label.y, fill: colour }, label.text);
  }

  function drawNote(note) {
    const colour = note.maintenance ? 'var(--normal)' : 'var(--text)';
    const [left, right] = [edge(note.from), edge(note.to ?? note.from)];
    if (right > left) add(group, 'rect', { x: left, y: 0, width: right - left, height, fill: colour, 'fill-opacity': 0.1 });
    for (const at of new Set([left, right])) add(group, 'line', { x1: at, x2: at, y1: 0, y2: height, stroke: colour });
    const beside = left > lineHeight ? left - 4 : left + lineHeight;
    add(group, 'text', { ...halo, 'text-anchor': 'end', transform: `translate(${beside} 4) rotate(-90)`, fill: colour }, short(note.text, 28));
  }

  // A reading with a gap on both sides has no line to be seen by.
  function drawDots(series) {
    const { times, mean } = series.points;
    const gap = i => i < 0 || i >= mean.length || Number.isNaN(mean[i]);
    const axis = axisOf(series);
    let left = mostDots;
    for (let i = 0; i < mean.length && left > 0; i++) {
      if (gap(i) || !gap(i - 1) || !gap(i + 1) || times[i] < from || times[i] > to) continue;
      add(group, 'circle', { class: 'trend-dot', cx: x(times[i]), cy: y(mean[i], axis), r: 5, fill: `var(${lineTone(panel, series, place)})` });
      left--;
    }
  }

  function drawAxis(axis, i) {
    const side = i % 2 === 0 ? { at: 0, out: -1, anchor: 'end' } : { at: width, out: 1, anchor: 'start' };
    const { unit, min, max } = axis;
    for (let n = 0; n <= parts(place); n++) {
      const level = min + (max - min) * n / parts(place);
      add(group, 'text', { x: side.at + side.out * 8, y: y(level, axis) + 4, 'text-anchor': side.anchor, 'font-size': 12, fill: 'var(--muted)' }, digits(level));
    }
    const beside = side.at + side.out * (axisWidth - lineHeight);
    add(group, 'text', { 'text-anchor': 'middle', 'font-size': 12, transform: `translate(${beside} ${height / 2}) rotate(-90)`, fill: 'var(--muted)' }, unit);
  }
}
