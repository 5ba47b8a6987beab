// What ApexCharts is told to draw of one panel. Known of it: appendData grows without limit, and redrawing costs by the point; so the
// window is fixed, animations are off, and every update replaces a bounded number of points.
import { capital, digits, short } from './words.js';

const axisWidth = 56;

/** All options of a panel that begins. */
export function options(panel, data, tone, place) {
  const lines = panel.series.flatMap(series => kinds(series).map(kind => ({ series, kind })));

  // With a second axis on the right the library leaves the first too little room on the left.
  const left = panel.series.some(series => series.unit !== panel.series[0].unit) ? axisWidth : 8;
  const own = series => tone(panel.series.length === 1 && !place.stacked ? '--chart-line' : `--series-${series.tone}`);
  return {
    ...changing(panel, data, tone, place),
    chart: {
      type: 'rangeArea',
      height: place.height,
      animations: { enabled: false },
      toolbar: { show: false },
      zoom: { enabled: false },
      selection: { enabled: false },
      background: 'transparent',
      foreColor: tone('--muted'),
      fontFamily: 'inherit',
      redrawOnParentResize: true,
    },
    theme: { mode: place.dark ? 'dark' : 'light' },
    colors: lines.map(({ series, kind }) => (kind === 'band' && panel.series.length === 1 && !place.stacked ? tone('--chart-band') : own(series))),
    fill: { type: 'solid', opacity: lines.map(({ kind }) => (kind !== 'band' ? 1 : panel.series.length === 1 && !place.stacked ? 1 : panel.series.length > 3 ? 0.12 : 0.22)) },
    stroke: {
      curve: 'straight',
      width: lines.map(({ kind }) => (kind === 'band' ? 0 : kind === 'mean' ? 2 : 1.5)),
      dashArray: lines.map(({ kind }) => (kind === 'earlier' ? 5 : 0)),
    },
    // What can be read off is shown by the cursor, which all panels share.
    tooltip: { enabled: false },
    dataLabels: { enabled: false },
    legend: { show: false },
    grid: { borderColor: tone('--line'), padding: { left, right: 16, top: place.stacked ? 6 : -18, bottom: place.last ? 0 : -12 } },
    title: place.stacked
      ? { text: short(panel.series[0].sensorId, 60), align: 'left', floating: true, offsetX: axisWidth + 16, offsetY: 0, style: { fontSize: '13px', fontWeight: 600, color: own(panel.series[0]) } }
      : { text: undefined },
  };
}

/** The options that change with the data. */
export function changing(panel, data, tone, place) {
  const units = [...new Set(panel.series.map(series => series.unit))];
  const sole = panel.series.length === 1 && !place.stacked;
  const ticks = place.stacked ? 3 : 5;
  return {
    series: panel.series.flatMap(series => kinds(series).map(kind => ({
      name: name(series, kind),
      type: kind === 'band' ? 'rangeArea' : 'line',
      data: points(series, kind, data),
    }))),
    xaxis: {
      type: 'datetime',
      min: data.from,
      max: data.to,
      labels: {
        show: place.last,
        datetimeUTC: data.utc,
        hideOverlappingLabels: true,
        datetimeFormatter: { month: 'dd MMM', day: 'dd MMM', hour: 'HH:mm', minute: 'HH:mm', second: 'HH:mm:ss' },
      },
      axisBorder: { color: tone('--line') },
      axisTicks: { show: place.last, color: tone('--line') },
      tooltip: { enabled: false },
      crosshairs: { show: false },
    },
    markers: { size: 0, discrete: panel.series.flatMap((series, i) => alone(series, markerIndex(panel, i), sole ? tone('--chart-line') : tone(`--series-${series.tone}`))) },
    yaxis: units.map((unit, i) => ({
      seriesName: panel.series.filter(series => series.unit === unit).flatMap(series => kinds(series).map(kind => name(series, kind))),
      opposite: i % 2 === 1,
      min: bottom(panel, unit, ticks),
      max: top(panel, unit, ticks),
      tickAmount: ticks,
      labels: { formatter: digits, minWidth: axisWidth, maxWidth: axisWidth, offsetX: units.length > 1 && i % 2 === 0 ? axisWidth - 8 : 0 },
      title: { text: unit, style: { fontWeight: 400 } },
    })),
    annotations: annotations(panel, data, tone, units),
  };
}

function kinds(series) {
  return series.earlier ? ['band', 'mean', 'earlier'] : ['band', 'mean'];
}

function name(series, kind) {
  return `${series.tone} ${kind}`;
}

function markerIndex(panel, i) {
  return panel.series.slice(0, i).reduce((sum, series) => sum + kinds(series).length, 0) + 1;
}

function points(series, kind, data) {
  const p = kind === 'earlier' ? series.earlier : series.points;
  const level = value => (Number.isNaN(value) ? null : value);
  const all = Array.from(p.times, (x, i) => ({ x, y: kind !== 'band' ? level(p.mean[i]) : Number.isNaN(p.min[i]) ? null : [p.min[i], p.max[i]] }));

  // Without any point the library draws no axes, and nobody could move on from there.
  return all.length > 0 ? all : [{ x: data.from, y: null }, { x: data.to, y: null }];
}

// A reading with a gap on both sides has no line to be seen by.
function alone(series, seriesIndex, colour) {
  const mean = series.points.mean;
  const gap = i => i < 0 || i >= mean.length || Number.isNaN(mean[i]);
  const found = [];
  for (let i = 0; i < mean.length && found.length < 100; i++) {
    if (!gap(i) && gap(i - 1) && gap(i + 1)) found.push({ seriesIndex, dataPointIndex: i, size: 5, fillColor: colour, strokeColor: colour });
  }
  return found;
}

function annotations(panel, data, tone, units) {
  const least = (data.to - data.from) / 300;
  const first = panel.series[0];
  const axis = units.indexOf(first.unit);
  const inside = mark => (mark.to ?? mark.from) >= data.from && mark.from <= data.to;
  return {
    yaxis: [
      ...(first.baseline > 0 ? [line(first.baseline, 'Baseline', tone('--muted'), tone, axis)] : []),
      ...panel.thresholds.map(t => line(t.level, capital(t.severity), tone(`--${t.severity}`), tone, axis)),
    ],
    xaxis: [
      ...panel.spans.filter(inside).map(span => ({
        x: Math.max(data.from, Math.min(span.from, data.to - least)),
        x2: Math.min(data.to, Math.max(span.to, span.from + least)),
        fillColor: tone(`--${span.severity}`),
        borderColor: 'transparent',
        opacity: 0.14,
      })),
      ...panel.notes.filter(inside).map(note => mark(note, data, tone)),
    ],
  };
}

function line(level, text, colour, tone, axis) {
  return {
    y: level,
    yAxisIndex: axis,
    borderColor: colour,
    strokeDashArray: 5,
    label: {
      text: `${text} ${digits(level)}`,
      position: 'left',
      textAnchor: 'start',
      borderColor: 'transparent',
      style: { background: tone('--surface'), color: colour, fontSize: '12px', padding: { left: 4, right: 4, top: 1, bottom: 2 } },
    },
  };
}

function mark(note, data, tone) {
  const colour = tone(note.maintenance ? '--normal' : '--text');
  return {
    x: Math.max(note.from, data.from),
    ...(note.to === null ? {} : { x2: Math.min(note.to, data.to) }),
    fillColor: colour,
    borderColor: colour,
    strokeDashArray: 0,
    opacity: 0.1,
    label: {
      text: short(note.text, 28),
      orientation: 'vertical',
      position: 'top',
      borderColor: colour,
      style: { background: tone('--surface'), color: colour, fontSize: '12px' },
    },
  };
}

// Room above the highest of levels and thresholds, on a round number: a scale that jumps with every reading cannot be read.
function top(panel, unit, ticks) {
  const mine = panel.series.filter(series => series.unit === unit);
  const lines = [
    ...panel.thresholds.filter(t => t.unit === unit).map(t => t.level),
    ...(panel.series[0].unit === unit ? [panel.series[0].baseline * 1.2] : []),
  ];
  const highest = Math.max(0, ...lines, ...mine.flatMap(series => [most(series.points.max), most(series.earlier?.mean ?? [])]));
  return highest > 0 ? round(highest, ticks) : 1;
}

function bottom(panel, unit, ticks) {
  const lowest = Math.min(0, ...panel.series.filter(series => series.unit === unit).map(series => -most(Array.from(series.points.min, level => -level))));
  return lowest < 0 ? -round(-lowest, ticks) : 0;
}

function most(levels) {
  let highest = 0;
  for (const level of levels) {
    if (level > highest) highest = level;
  }
  return highest;
}

// The next number above whose parts between the grid lines are round too.
function round(highest, ticks) {
  const part = highest * 1.05 / ticks;
  const power = 10 ** Math.floor(Math.log10(part));
  return ticks * power * [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(step => step * power >= part * 0.9999);
}
