// The axes of levels: one for each unit of a panel.

/** The axes, left and right in turn: { unit, min, max }. */
export function axesOf(panel, place) {
  return [...new Set(panel.series.map(series => series.unit))].map(unit => ({ unit, ...scale(panel, unit, place) }));
}

/** How many parts the grid lines divide the axes into. */
export function parts(place) {
  return place.stacked ? 3 : 5;
}

// Room above the highest of levels and thresholds, on a round number: a scale that jumps with every reading cannot be read.
function scale(panel, unit, place) {
  const mine = panel.series.filter(series => series.unit === unit);
  const lines = [
    ...panel.thresholds.filter(t => t.unit === unit).map(t => t.level),
    ...(panel.series[0].unit === unit ? [panel.series[0].baseline * 1.2] : []),
  ];
  const highest = Math.max(0, ...lines, ...mine.flatMap(series => [most(series.points.max), most(series.earlier?.mean ?? [])]));
  const lowest = Math.min(0, ...mine.map(series => -most(Array.from(series.points.min, level => -level))));
  return {
    min: lowest < 0 ? -round(-lowest, parts(place)) : 0,
    max: highest > 0 ? round(highest, parts(place)) : 1,
  };
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
