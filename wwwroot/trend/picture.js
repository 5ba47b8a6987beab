// The charts as a picture of their own: one SVG with all panels, a heading and a legend, and the same as PNG.
import { add, drawing } from './svg.js';
import { tones } from './words.js';

const margin = 16;
const lineHeight = 20;

/** The SVG as text. Panels are { svg, top, height } in the root; lines of text { text, colour, strong }. */
export function toSvg(root, panels, lines) {
  const style = getComputedStyle(root);
  const width = root.clientWidth + 2 * margin;
  const head = margin + lines.length * lineHeight + 8;
  const height = head + root.clientHeight + margin;
  const svg = drawing({ xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': style.fontFamily });
  add(svg, 'rect', { width, height, fill: colour(root) });
  lines.forEach((line, i) => {
    add(svg, 'text', { x: margin, y: margin + (i + 0.7) * lineHeight, 'font-size': line.strong ? 15 : 13, 'font-weight': line.strong ? 600 : 400, fill: line.colour }, line.text);
  });
  for (const panel of panels) {
    const copy = panel.svg.cloneNode(true);
    copy.setAttribute('x', margin);
    copy.setAttribute('y', head + panel.top);

    // HTML inside an SVG, which other programs do not read, and which makes a canvas refuse to be saved.
    copy.querySelectorAll('foreignObject, style, script').forEach(element => element.remove());
    svg.appendChild(copy);
  }

  // The variables of the page are not known elsewhere.
  const tone = tones(root);
  for (const name of ['fill', 'stroke']) {
    svg.querySelectorAll(`[${name}^="var("]`).forEach(element => element.setAttribute(name, tone(element.getAttribute(name).slice(4, -1))));
  }
  return new XMLSerializer().serializeToString(svg);
}

/** The same as a PNG of twice the size, for paper. */
export async function toPng(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width * 2, image.height * 2];
  const context = canvas.getContext('2d');
  context.scale(2, 2);
  context.drawImage(image, 0, 0);
  return new Promise(resolve => { canvas.toBlob(resolve, 'image/png'); });
}

function colour(element) {
  for (let e = element; e; e = e.parentElement) {
    const ground = getComputedStyle(e).backgroundColor;
    if (!/^rgba\(.*, 0\)$|^transparent$/.test(ground)) return ground;
  }
  return 'white';
}
