// Elements of SVG.
const ns = 'http://www.w3.org/2000/svg';

/** A new SVG with these attributes, in no document yet. */
export function drawing(attributes) {
  const svg = document.createElementNS(ns, 'svg');
  set(svg, attributes);
  return svg;
}

/** Appends an element with these attributes and this text. Colours may be variables: var(--line). */
export function add(parent, name, attributes, text = '') {
  const element = document.createElementNS(ns, name);
  set(element, attributes);
  element.textContent = text;
  return parent.appendChild(element);
}

/** Appends a group of that class in place of the one before. */
export function renew(parent, name, attributes = {}) {
  parent.querySelector(`.${name}`)?.remove();
  return add(parent, 'g', { class: name, ...attributes });
}

function set(element, attributes) {
  for (const name in attributes) element.setAttribute(name, attributes[name]);
}
