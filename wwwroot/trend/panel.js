// One chart of the library, in one element.
import { changing, options } from './options.js';
import { tones } from './words.js';

export function createPanel(Library, element) {
  let chart = null;
  let made = null;
  let moving = null;

  async function draw(panel, data, place) {
    stay();
    const tone = tones(element);
    const form = JSON.stringify([panel.series.map(s => [s.sensorId, s.tone, s.unit, !!s.earlier]), place]);
    if (form === made) {
      await chart.updateOptions(changing(panel, data, tone, place), false, false, false);
      return;
    }
    chart?.destroy();
    made = form;
    // In two tasks: the first drawing is the slowest, and without points it is half as slow.
    chart = new Library(element, options(empty(panel), data, tone, place));
    await chart.render();
    await new Promise(resolve => { setTimeout(resolve); });
    await chart.updateOptions(changing(panel, data, tone, place), false, false, false);
  }

  // Moves what is drawn by what a gesture has moved the time axis: a drawing of the library costs tens of milliseconds, this none.
  function move(scale, shift) {
    moving ??= loosen(element);
    moving?.setAttribute('transform', `matrix(${scale} 0 0 1 ${shift} 0)`);
  }

  function stay() {
    moving = null;
    element.classList.remove('is-moving');
  }

  return {
    draw,
    move,
    // Where levels are drawn, in the element.
    area() {
      const g = chart?.w.globals;
      return g?.gridWidth > 0 ? { left: g.translateX, top: g.translateY, width: g.gridWidth, height: g.gridHeight } : null;
    },
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
  const parts = inner.querySelectorAll('.apexcharts-rangeArea-series, .apexcharts-line-series, .apexcharts-xaxis-annotations');
  const still = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  const moving = still.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'g'));
  moving.setAttribute('class', 'trend-moving');
  still.setAttribute('clip-path', `url(#${clip.id})`);
  parts[0]?.before(still);
  moving.append(...parts);
  element.classList.add('is-moving');
  return moving;
}
