// Mouse, touch and keyboard over the charts. The chart gives where its plot lies and which stretch it shows; it is told what to show meanwhile
// (preview) and in the end (commit). Nothing here is drawn by the library: it follows the hand whatever a drawing costs.
const settle = 250;
const least = 1000;

export function listen(frame, root, chart) {
  const pointers = new Map();
  let mode = null;
  let start = null;
  let view = null;
  let settling = 0;

  const local = event => {
    const box = root.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const at = (stretch, x) => {
    const area = chart.area();
    return stretch.from + (x - area.left) / area.width * (stretch.to - stretch.from);
  };
  const preview = (from, to) => {
    if (to - from < least) return;
    view = { from, to };
    chart.preview(from, to);
  };
  const finish = () => {
    clearTimeout(settling);
    settling = 0;
    mode = null;
    chart.select(null);
    const wanted = view;
    view = null;
    if (wanted) chart.commit(wanted.from, wanted.to);
  };
  const cancel = () => {
    mode = null;
    view = null;
    chart.select(null);
    chart.restore();
  };
  const soon = () => {
    clearTimeout(settling);
    settling = setTimeout(finish, settle);
  };
  const now = () => view ?? chart.shown();
  const zoom = (factor, time) => preview(time - (time - now().from) * factor, time + (now().to - time) * factor);
  const pan = part => {
    const by = part * (now().to - now().from);
    preview(now().from + by, now().to + by);
  };

  function down(event) {
    if (!chart.area() || (event.pointerType === 'mouse' && event.button !== 0)) return;
    if (settling) finish();
    const point = local(event);
    pointers.set(event.pointerId, point);
    const area = chart.area();
    start = { shown: chart.shown(), point, area, distance: distance() };
    if (pointers.size === 2) mode = 'pinch';
    else if (event.pointerType === 'touch') mode = 'pan';
    else mode = event.shiftKey || point.y > area.top + area.height ? 'pan' : 'select';
    if (event.pointerType !== 'touch') root.setPointerCapture(event.pointerId);
  }

  function move(event) {
    const point = local(event);
    if (!pointers.has(event.pointerId)) {
      if (event.pointerType !== 'touch' && !view) chart.point(point);
      return;
    }
    pointers.set(event.pointerId, point);
    const { shown, area } = start;
    const perPixel = (shown.to - shown.from) / area.width;
    if (mode === 'select') {
      chart.point(point);
      chart.select(Math.abs(point.x - start.point.x) > 4 ? [start.point.x, point.x] : null);
    } else if (mode === 'pan' && (view || Math.abs(point.x - start.point.x) > 4)) {
      chart.point(null);
      preview(shown.from - (point.x - start.point.x) * perPixel, shown.to - (point.x - start.point.x) * perPixel);
    } else if (mode === 'pinch' && pointers.size === 2) {
      chart.point(null);
      const [a, b] = [...pointers.values()];
      const factor = Math.max(20, start.distance) / Math.max(20, distance());
      const middle = (a.x + b.x) / 2;
      const time = at(shown, start.middle ??= middle);
      const from = time - (middle - area.left) * perPixel * factor;
      preview(from, from + (shown.to - shown.from) * factor);
    }
  }

  function up(event) {
    if (!pointers.has(event.pointerId)) return;
    const point = local(event);
    pointers.delete(event.pointerId);
    if (mode === 'select' && Math.abs(point.x - start.point.x) > 4) {
      const inside = x => Math.min(Math.max(x, start.area.left), start.area.left + start.area.width);
      const [a, b] = [at(start.shown, inside(start.point.x)), at(start.shown, inside(point.x))].sort((x, y) => x - y);
      if (b - a >= least) view = { from: a, to: b };
    } else if (event.pointerType === 'touch' && !view && mode === 'pan') chart.point(point);
    if (pointers.size === 0) finish();
    else mode = null;
  }

  // The browser has taken the finger to scroll the page.
  function lost(event) {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) cancel();
  }

  function wheel(event) {
    if (!chart.area()) return;

    // Whoever scrolls the page past a chart must not be caught by it.
    const asked = event.ctrlKey || event.metaKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY) || frame.contains(document.activeElement);
    chart.hint(!asked);
    if (!asked) return;
    event.preventDefault();
    chart.point(null);
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.shiftKey ? event.deltaY : 0;
    if (sideways) pan(sideways / 1500);
    else zoom(Math.exp(Math.max(-400, Math.min(400, event.deltaY)) * 0.0016), at(now(), local(event).x));
    soon();
  }

  const middle = () => (now().from + now().to) / 2;
  const keys = {
    ArrowLeft: event => pan(event.shiftKey ? -1 : -0.25),
    ArrowRight: event => pan(event.shiftKey ? 1 : 0.25),
    PageUp: () => pan(-1),
    PageDown: () => pan(1),
    '+': () => zoom(0.5, middle()),
    '=': () => zoom(0.5, middle()),
    '-': () => zoom(2, middle()),
  };

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== frame) return;
    if (keys[event.key] && chart.area()) {
      keys[event.key](event);
      chart.point(null);
      soon();
    } else if (event.key === 'End') chart.live();
    else if (event.key === 'Backspace') chart.back();
    else if (event.key === 'Escape') cancel();
    else return;
    event.preventDefault();
  }

  const leave = () => {
    chart.point(null);
    chart.hint(false);
  };
  const distance = () => {
    const [a, b] = [...pointers.values()];
    return b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };
  const double = () => chart.back();

  const heard = [
    [root, 'pointerdown', down], [root, 'pointermove', move], [root, 'pointerup', up], [root, 'pointercancel', lost], [root, 'pointerleave', leave],
    [root, 'wheel', wheel, { passive: false }], [root, 'dblclick', double], [frame, 'keydown', key],
  ];
  heard.forEach(([target, name, handler, how]) => target.addEventListener(name, handler, how));
  return {
    busy: () => view !== null || mode !== null,
    stop() {
      clearTimeout(settling);
      heard.forEach(([target, name, handler]) => target.removeEventListener(name, handler));
    },
  };
}
