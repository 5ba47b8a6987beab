// The charts of a trend: panels of ApexCharts one above the other, with our own gestures and cursor over all of them. The library takes tens of
// milliseconds to draw a few thousand points, so each panel is drawn in its own task, and never during a gesture.
import { save } from '../save.js';
import { createCursor } from '../trend/cursor.js';
import { listen } from '../trend/gestures.js';
import { createPanel, nextTask } from '../trend/panel.js';
import { toPng, toSvg } from '../trend/picture.js';
import { time } from '../trend/words.js';

const library = import('../lib/apexcharts.esm.js');
const dark = matchMedia('(prefers-color-scheme: dark)');

export function create(root, page) {
  const plots = root.appendChild(document.createElement('div'));
  plots.className = 'trend-plots';
  const cursor = createCursor(root);
  let panels = [];
  let wanted = null;
  let drawn = null;
  let drawing = null;
  let preview = null;
  let gone = false;

  const area = () => {
    const first = panels[0]?.area();
    const last = panels.at(-1)?.area();
    if (!first || !last || !drawn) return null;
    const end = panels.at(-1).element.offsetTop + last.top + last.height;
    const top = panels[0].element.offsetTop + first.top;
    return { left: first.left, width: first.width, top, height: end - top };
  };
  const shown = () => ({ from: drawn.from, to: drawn.to });

  const chart = {
    area,
    shown,
    point: point => cursor.point(point, drawn, area()),
    select(span) {
      cursor.select(span, drawn, area());
      cursor.say(span === null ? null : stretch(...span.map(moment).sort((a, b) => a - b)));
    },
    preview(from, to) {
      preview = { from, to };
      panels.forEach(panel => panel.move(from, to));
      cursor.say(stretch(from, to));
    },
    restore() {
      if (!preview) return;
      preview = null;
      cursor.say(null);
      drawn = null;
      draw();
    },
    async commit(from, to) {
      cursor.say(null);
      cursor.point(null);

      // The known part of the new period is shown at once; the page fetches the rest.
      preview = null;
      wanted = { ...wanted, from, to };
      draw();
      await page.invokeMethodAsync('Moved', from, to);
    },
    hint: wheel => cursor.say(wheel ? 'Click the chart first, or hold Ctrl, to zoom with the wheel' : null),
    back: () => page.invokeMethodAsync('Back'),
    live: () => page.invokeMethodAsync('Live'),
  };
  const moment = x => drawn.from + (Math.min(Math.max(x - area().left, 0), area().width) / area().width) * (drawn.to - drawn.from);
  const stretch = (from, to) => `${time(from, drawn.utc)} – ${time(to, drawn.utc)}`;
  const gestures = listen(root.parentElement, root, chart);

  async function drawAll() {
    const { default: Library } = await library;
    while (wanted !== drawn && !preview && !gone) {
      const data = wanted;
      if (panels.length !== data.panels.length) rebuild(Library, data.panels.length);
      for (let i = 0; i < data.panels.length && !preview && !gone; i++) {
        await nextTask();
        if (gone || preview) break;
        await panels[i].draw(data.panels[i], data, { stacked: panels.length > 1, last: i === panels.length - 1, height: height(panels.length, i), dark: dark.matches });
      }
      if (preview) break;
      drawn = data;
      cursor.again(drawn, area());
    }
  }

  async function draw() {
    drawing ??= drawAll().finally(() => { drawing = null; });
    await drawing;
    if (wanted !== drawn && !preview && !gone) await draw();
  }

  function rebuild(Library, count) {
    panels.forEach(panel => panel.destroy());
    plots.replaceChildren();
    plots.classList.toggle('is-stacked', count > 1);
    panels = Array.from({ length: count }, () => {
      const element = plots.appendChild(document.createElement('div'));
      element.className = 'trend-plot';
      return { element, ...createPanel(Library, element) };
    });
  }

  const onTheme = () => {
    drawn = null;
    draw();
  };
  dark.addEventListener('change', onTheme);

  function picture(lines) {
    const coloured = lines.map(line => ({ text: line.text, strong: line.strong, colour: !line.tone ? 'var(--text)' : lines.length === 2 ? 'var(--chart-line)' : `var(--series-${line.tone})` }));
    return toSvg(root, panels.map(panel => ({ svg: panel.svg(), top: panel.element.offsetTop })), coloured);
  }

  return {
    width: () => root.clientWidth,
    async update(next) {
      for (const series of next.panels.flatMap(panel => panel.series)) {
        series.points = unpack(series.points.packed);
        series.earlier = series.earlier && unpack(series.earlier.packed);
      }
      wanted = next;
      if (!gestures.busy()) await draw();
    },
    saveSvg: (name, lines) => save(name, new Blob([picture(lines)], { type: 'image/svg+xml' })),
    savePng: async (name, lines) => save(name, await toPng(picture(lines))),
    saveText: (name, text, type) => save(name, new Blob([text], { type })),
    destroy() {
      gone = true;
      gestures.stop();
      dark.removeEventListener('change', onTheme);
      panels.forEach(panel => panel.destroy());
      root.replaceChildren();
    },
  };
}

function height(count, i) {
  if (count === 1) return '100%';
  return i === count - 1 ? 176 : 148;
}

function unpack(bytes) {
  const numbers = new Float64Array(bytes.slice().buffer);
  const count = numbers.length / 4;
  const [times, min, max, mean] = [0, 1, 2, 3].map(i => numbers.subarray(i * count, (i + 1) * count));
  return { times, min, max, mean };
}
