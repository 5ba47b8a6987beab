// Wraps ApexCharts. Known of it: appendData grows without limit, and redrawing costs by the point;
// so the window is fixed, animations are off, and every update replaces a bounded number of points.
import ApexCharts from '../lib/apexcharts.esm.js';

const dark = matchMedia('(prefers-color-scheme: dark)');

// A redraw takes the tooltip away. Whoever reads one is given time; a pointer left lying on a wall board is not.
const reading = 5000;

export function create(element, data) {
  const chart = new ApexCharts(element, options(element, data));
  const ready = chart.render();
  let latest = data;
  let movedAt = -Infinity;

  const draw = async part => {
    await ready;
    await chart.updateOptions(part(element, latest), false, false, false);
  };
  const onTheme = () => draw(options);
  const onMove = () => { movedAt = performance.now(); };
  const onLeave = () => {
    movedAt = -Infinity;
    draw(changing);
  };
  dark.addEventListener('change', onTheme);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerleave', onLeave);

  return {
    async update(next) {
      latest = next;
      if (performance.now() - movedAt > reading) await draw(changing);
    },
    destroy() {
      dark.removeEventListener('change', onTheme);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerleave', onLeave);
      chart.destroy();
    },
  };
}

function options(element, data) {
  const tone = tones(element);
  return {
    ...changing(element, data),
    chart: {
      type: 'rangeArea',
      height: '100%',
      animations: { enabled: false },
      toolbar: { show: false },
      zoom: { enabled: false },
      selection: { enabled: false },
      background: 'transparent',
      foreColor: tone('--muted'),
      fontFamily: 'inherit',
      redrawOnParentResize: true,
    },
    theme: { mode: dark.matches ? 'dark' : 'light' },
    colors: [tone('--chart-band'), tone('--chart-line')],
    fill: { type: 'solid', opacity: [1, 1] },
    stroke: { curve: 'straight', width: [0, 2] },
    dataLabels: { enabled: false },
    legend: { show: false },
    grid: { borderColor: tone('--line'), padding: { left: 8, right: 16 } },
  };
}

function changing(element, data) {
  const tone = tones(element);
  const least = (data.to - data.from) / 300;
  return {
    series: [
      { name: 'Lowest to highest', type: 'rangeArea', data: data.times.map((x, i) => ({ x, y: data.min[i] === null ? null : [data.min[i], data.max[i]] })) },
      { name: 'Mean', type: 'line', data: data.times.map((x, i) => ({ x, y: data.mean[i] })) },
    ],
    xaxis: {
      type: 'datetime',
      min: data.from,
      max: data.to,
      labels: {
        datetimeUTC: false,
        hideOverlappingLabels: true,
        datetimeFormatter: { month: 'dd MMM', day: 'dd MMM', hour: 'HH:mm', minute: 'HH:mm', second: 'HH:mm:ss' },
      },
      axisBorder: { color: tone('--line') },
      axisTicks: { color: tone('--line') },
      tooltip: { enabled: false },
      crosshairs: { show: true },
    },
    tooltip: { shared: true, intersect: false, custom: ({ dataPointIndex }) => tip(data, dataPointIndex) },
    markers: { size: 0, hover: { sizeOffset: 3 }, discrete: alone(data, tone('--chart-line')) },
    yaxis: { min: 0, max: top(data), tickAmount: 5, labels: { formatter: digits }, title: { text: data.unit, style: { fontWeight: 400 } } },
    annotations: {
      yaxis: [
        ...(data.baseline > 0 ? [line(data.baseline, 'Baseline', tone('--muted'), tone)] : []),
        ...data.thresholds.map(t => line(t.level, capital(t.severity), tone(`--${t.severity}`), tone)),
      ],
      xaxis: data.spans.map(span => ({
        x: Math.min(span.from, data.to - least),
        x2: Math.max(span.to, span.from + least),
        fillColor: tone(`--${span.severity}`),
        borderColor: 'transparent',
        opacity: 0.14,
      })),
    },
  };
}

// A reading with a gap on both sides has no line to be seen by.
function alone(data, colour) {
  return data.mean
    .map((level, i) => ({ level, i }))
    .filter(({ level, i }) => level !== null && (data.mean[i - 1] ?? null) === null && (data.mean[i + 1] ?? null) === null)
    .slice(0, 100)
    .map(({ i }) => ({ seriesIndex: 1, dataPointIndex: i, size: 5, fillColor: colour, strokeColor: colour }));
}

function line(level, text, colour, tone) {
  return {
    y: level,
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

// Room above the highest of levels and thresholds, on a round number: a scale that jumps with every reading cannot be read.
function top(data) {
  const highest = data.max.reduce((a, b) => Math.max(a, b ?? 0), Math.max(data.baseline * 1.2, ...data.thresholds.map(t => t.level)));
  if (!(highest > 0)) return 1;
  const step = 10 ** Math.floor(Math.log10(highest)) / 2;
  return Math.ceil(highest * 1.08 / step) * step;
}

function digits(value) {
  if (value === null || value === undefined) return '';
  const size = Math.abs(value);
  return value.toFixed(size === 0 ? 0 : size < 10 ? 2 : size < 100 ? 1 : 0);
}

function time(value) {
  const t = new Date(value);
  const two = n => String(n).padStart(2, '0');
  return `${t.getFullYear()}-${two(t.getMonth() + 1)}-${two(t.getDate())} ${two(t.getHours())}:${two(t.getMinutes())}:${two(t.getSeconds())}`;
}

// As the browser resolves it: the library computes with colours and knows neither variables nor light-dark().
function tones(element) {
  const probe = element.appendChild(document.createElement('i'));
  const tone = name => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  probe.hidden = true;
  queueMicrotask(() => probe.remove());
  return tone;
}

function tip(data, i) {
  if ((data.mean[i] ?? null) === null) return '';
  const row = (word, level) => `<tr><th scope="row">${word}</th><td>${digits(level)} ${escaped(data.unit)}</td></tr>`;
  return `<table class="trend-tip"><caption>${time(data.times[i])}</caption>`
    + `${row('Highest', data.max[i])}${row('Mean', data.mean[i])}${row('Lowest', data.min[i])}</table>`;
}

// A unit is whatever a sensor sent, and a tooltip is HTML.
function escaped(text) {
  return text.replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`);
}

function capital(word) {
  return word[0].toUpperCase() + word.slice(1);
}
