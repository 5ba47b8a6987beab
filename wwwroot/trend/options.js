// What ApexCharts is told to draw of one panel: the grid, lines and bands. Known of it: appendData grows without limit, and redrawing costs by the point; so the
// window is fixed, animations are off, and every update replaces a bounded number of points. And it measures each text before it writes it, which took half of a
// drawing; so all text is ours.
import { parts } from './scale.js';

/** Room for an axis of levels beside the plot, with its unit, in pixels. */
export const axisWidth = 68;

/** All options of a panel that begins, and what is called after each drawing. */
export function options(panel, data, axes, tone, place, onDrawn) {
  const lines = panel.series.flatMap(series => kinds(series).map(kind => ({ series, kind })));
  const sole = isSole(panel, place);
  return {
    ...changing(panel, data, axes, tone, place),
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
      events: { mounted: () => onDrawn(), updated: () => onDrawn() },
    },
    theme: { mode: place.dark ? 'dark' : 'light' },
    colors: lines.map(({ series, kind }) => tone(sole && kind === 'band' ? '--chart-band' : lineTone(panel, series, place))),
    fill: { type: 'solid', opacity: lines.map(({ kind }) => (kind !== 'band' || sole ? 1 : panel.series.length > 3 ? 0.12 : 0.22)) },
    stroke: {
      curve: 'straight',
      width: lines.map(({ kind }) => (kind === 'band' ? 0 : kind === 'mean' ? 2 : 1.5)),
      dashArray: lines.map(({ kind }) => (kind === 'earlier' ? 5 : 0)),
    },
    // What can be read off is shown by the cursor, which all panels share.
    tooltip: { enabled: false },
    dataLabels: { enabled: false },
    legend: { show: false },
    markers: { size: 0 },
    grid: {
      borderColor: tone('--line'),
      padding: { left: axisWidth, right: axes.length > 1 ? axisWidth : 20, top: place.stacked ? 6 : -18, bottom: place.last ? 16 : -8 },
    },
  };
}

/** The options that change with the data. */
export function changing(panel, data, axes, tone, place) {
  return {
    series: panel.series.flatMap(series => kinds(series).map(kind => ({
      name: name(series, kind),
      type: kind === 'band' ? 'rangeArea' : 'line',
      data: points(series, kind, data),
    }))),
    xaxis: {
      type: 'numeric',
      min: data.from,
      max: data.to,

      // Labels that are not shown are worked out all the same.
      labels: { show: false },
      overwriteCategories: [],
      axisBorder: { color: tone('--line') },
      axisTicks: { show: false },
      tooltip: { enabled: false },
      crosshairs: { show: false },
    },
    yaxis: axes.map(({ unit, min, max }) => ({
      seriesName: panel.series.filter(series => series.unit === unit).flatMap(series => kinds(series).map(kind => name(series, kind))),
      min,
      max,
      tickAmount: parts(place),
      labels: { show: false },
    })),
  };
}

/** True when a panel has one line only, which then has the colour of a chart and not that of a sensor. */
export function isSole(panel, place) {
  return panel.series.length === 1 && !place.stacked;
}

/** The colour of a sensor's line, as the name of a variable. */
export function lineTone(panel, series, place) {
  return isSole(panel, place) ? '--chart-line' : `--series-${series.tone}`;
}

function kinds(series) {
  return series.earlier ? ['band', 'mean', 'earlier'] : ['band', 'mean'];
}

function name(series, kind) {
  return `${series.tone} ${kind}`;
}

function points(series, kind, data) {
  const p = kind === 'earlier' ? series.earlier : series.points;
  const level = value => (Number.isNaN(value) ? null : value);
  const all = Array.from(p.times, (x, i) => ({ x, y: kind !== 'band' ? level(p.mean[i]) : Number.isNaN(p.min[i]) ? null : [p.min[i], p.max[i]] }));

  // Without any point the library draws no axes, and nobody could move on from there.
  return all.length > 0 ? all : [{ x: data.from, y: null }, { x: data.to, y: null }];
}
