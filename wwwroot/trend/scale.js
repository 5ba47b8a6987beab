// The axes of levels: one for each unit of a panel.

/** The axes, left and right in turn: { unit, min, max }. */
export function axesOf(panel, place) {
  return [...new Set(panel.series.map(series => series.unit))].map(unit => ({ unit, ...scale(panel, unit, place) }));
}

/** How many parts the grid lines divide the axes into. */
export function parts(place) {
  return place.stacked ? 3 : 5;
}

// Room above the highest of levels and thresholds, on a round number: a scale that jumps with every reading cannot be read. Below 0 only for levels and thresholds
// that are there, and then 0 is on a grid line.
function scale(panel, unit, place) {
  const mine = panel.series.filter(series => series.unit === unit);
  const lines = [
    ...panel.thresholds.filter(t => t.unit === unit).map(t => t.level),
    ...(panel.series[0].unit === unit ? [panel.series[0].baseline * 1.2] : []),
  ];
  const levels = mine.flatMap(series => [series.points.min, series.points.max, series.earlier?.mean ?? []]);
  const highest = Math.max(0, ...lines, ...levels.map(most));
  const lowest = Math.max(0, ...lines.map(level => -level), ...levels.map(all => most(Array.from(all, level => -level))));
  const count = parts(place);
  if (highest === 0 && lowest === 0) return { min: 0, max: 1 };

  // The finest step that leaves room for both.
  let best = null;
  for (let below = lowest > 0 ? 1 : 0; below <= (highest > 0 ? count - 1 : count); below++) {
    if (lowest === 0 && below > 0) break;
    const step = round(Math.max(below > 0 ? lowest / below : 0, below < count ? highest / (count - below) : 0));
    if (best === null || step < best.step) best = { step, below };
  }
  return { min: best.below === 0 ? 0 : -best.step * best.below, max: best.step * (count - best.below) };
}

function most(levels) {
  let highest = 0;
  for (const level of levels) {
    if (level > highest) highest = level;
  }
  return highest;
}

// The next round number above.
function round(part) {
  const room = part * 1.05;
  const power = 10 ** Math.floor(Math.log10(room));
  return power * [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(step => step * power >= room * 0.9999);
}
