// One chart of the library, in one element.
import { changing, options } from './options.js';
import { drawMarks } from './marks.js';
import { axesOf } from './scale.js';
import { add } from './svg.js';
import { drawTimes } from './timeAxis.js';
import { tones } from './words.js';

/** Completes in another task of the browser, as soon as it has time for it. */
export const nextTask = () => new Promise(resolve => { setTimeout(resolve); });

export function createPanel(Library, element) {
  let chart = null;
  let made = null;
  let moving = null;
  let shown = null;

  async function draw(panel, data, place) {
    moving = null;
    const axes = axesOf(panel, place);
    shown = { panel, data, axes, place };
    const form = JSON.stringify([panel.series.map(s => [s.sensorId, s.tone, s.unit, !!s.earlier]), place]);
    if (form === made) {
      await chart.updateOptions(changing(panel, data, axes, tones(element), place), false, false, false, false);
      return;
    }
    // It empties the element, in which the colours are resolved.
    chart?.destroy();
    made = form;
    const tone = tones(element);
    // In two tasks: the first drawing is the slowest, and without points it is half as slow.
    chart = new Library(element, options(empty(panel), data, axes, tone, place, drawOwn));
    await chart.render();
    await nextTask();
    await chart.updateOptions(changing(panel, data, axes, tones(element), place), false, false, false, false);
  }

  // After each drawing by the library, which also draws by itself when the element changes its size.
  function drawOwn(stretch = shown.data) {
    const svg = element.querySelector('svg');
    const plot = area();
    if (!svg || !plot) return;
    drawMarks(svg, shown.panel, shown.axes, plot, stretch, shown.place);
    if (shown.place.last) drawTimes(svg, plot, { ...stretch, utc: shown.data.utc });
  }

  // Where levels are drawn, in the element.
  function area() {
    const g = chart?.w.globals;
    return g?.gridWidth > 0 ? { left: g.translateX, top: g.translateY, width: g.gridWidth, height: g.gridHeight } : null;
  }

  // Moves what is drawn to where a gesture has moved the time axis: a drawing of the library costs tens of milliseconds, this hardly any.
  function move(from, to) {
    const scale = (shown.data.to - shown.data.from) / (to - from);
    const shift = (shown.data.from - from) / (to - from) * area().width;
    moving ??= loosen(element);
    moving?.setAttribute('transform', `matrix(${scale} 0 0 1 ${shift} 0)`);
    drawOwn({ from, to });
  }

  return {
    draw,
    move,
    area,
    svg: () => element.querySelector('svg'),
    destroy: () => chart?.destroy(),
  };
}

function empty(panel) {
  const none = { times: [], min: [], max: [], mean: [] };
  return { ...panel, series: panel.series.map(series => ({ ...series, points: none, earlier: series.earlier && none })) };
}

// The clips of the lines would move with them: the moving group gets one that stays.
function loosen(element) {
  const inner = element.querySelector('.apexcharts-inner');
  const clip = element.querySelector('clipPath[id^="gridRectMask"]');
  if (!inner || !clip) return null;
  const lines = inner.querySelectorAll('.apexcharts-rangeArea-series, .apexcharts-line-series');
  const still = add(inner, 'g', { 'clip-path': `url(#${clip.id})` });
  const moving = add(still, 'g', { class: 'trend-moving' });
  lines[0]?.before(still);
  moving.append(...lines);
  return moving;
}
