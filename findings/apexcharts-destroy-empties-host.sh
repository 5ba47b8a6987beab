#!/usr/bin/env bash
# ApexCharts removes what others have put into the element of a chart, when the chart is destroyed, and not before.
#
# Guess: destroy() takes back what the library had added to the element, and leaves the rest.
# Seen (apexcharts 4.7.0): a node of the page beside the drawing outlives render() and updateOptions(), and destroy() removes it. A page that keeps a
# probe in the element, to resolve colours of its style sheet, gets "" for every colour after it has destroyed a chart to make another, and the library
# then draws lines in white: invisible in a light page.
#
# Needs npm and Chromium. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --loglevel=error apexcharts@4.7.0 >/dev/null
cat > page.html <<'PAGE'
<!doctype html>
<html>
<head><style>:root { --line: rgb(11, 83, 148); }</style></head>
<body>
<div id="chart" style="width: 400px; height: 200px"></div>
<pre id="seen">not ended</pre>
<script src="node_modules/apexcharts/dist/apexcharts.js"></script>
<script>
  const element = document.getElementById('chart');
  const probe = document.createElement('i');
  const colour = () => { probe.style.color = 'var(--line)'; return getComputedStyle(probe).color; };
  const options = () => ({
    chart: { type: 'line', height: 200, animations: { enabled: false }, toolbar: { show: false } },
    colors: [colour()],
    series: [{ name: 'rms', data: [[1, 2], [2, 3]] }],
    xaxis: { type: 'numeric' },
  });
  const line = () => document.querySelector('.apexcharts-line-series path').getAttribute('stroke');
  (async () => {
    const seen = [];
    element.append(probe);
    let chart = new ApexCharts(element, options());
    await chart.render();
    seen.push(`after render(): probe ${probe.isConnected ? 'kept' : 'removed'}, line ${line()}`);
    await chart.updateOptions({ xaxis: { min: 0 } });
    seen.push(`after updateOptions(): probe ${probe.isConnected ? 'kept' : 'removed'}`);
    chart.destroy();
    seen.push(`after destroy(): probe ${probe.isConnected ? 'kept' : 'removed'}, its colour "${colour()}"`);
    chart = new ApexCharts(element, options());
    await chart.render();
    seen.push(`another chart: line ${line()}`);
    document.getElementById('seen').textContent = seen.join('\n');
  })().catch(fault => { document.getElementById('seen').textContent = fault; });
</script>
</body>
</html>
PAGE
seen="$(chromium --headless --no-sandbox --disable-gpu --allow-file-access-from-files --virtual-time-budget=10000 --dump-dom "file://$folder/page.html" 2>/dev/null |
  sed -n '/<pre id="seen">/,/<\/pre>/p' | sed 's/.*<pre id="seen">//; s/<\/pre>.*//; s/&quot;/"/g')"
echo "$seen"
expected='after render(): probe kept, line rgba(11,83,148,0.85)
after updateOptions(): probe kept
after destroy(): probe removed, its colour ""
another chart: line rgba(255,255,255,0.85)'
[[ $seen == "$expected" ]]
