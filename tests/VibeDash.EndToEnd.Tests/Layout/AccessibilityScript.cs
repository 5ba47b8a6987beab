namespace VibeDash.EndToEnd.Tests.Layout;

/// <summary>
/// The part of WCAG 2.2 AA that a script can check without a library: contrast of all visible text, nothing outside the screen (reflow), a name for
/// every control, unique ids, one first-level heading, a language.
/// </summary>
internal static class AccessibilityScript
{
    /// <summary>Evaluates to an array of findings as text; empty when there are none.</summary>
    public const string Findings =
        """
        () => {
          const findings = [];
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

          // Converts any CSS notation to [red, green, blue, alpha].
          const parse = colour => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
            return [r, g, b, a / 255];
          };
          const over = (top, bottom) => [0, 1, 2].map(i => top[i] * top[3] + bottom[i] * (1 - top[3])).concat(1);
          const luminance = colour => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
            const c = colour[i] / 255;
            return sum + weight * (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
          }, 0);
          const contrast = (a, b) => {
            const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
            return (light + 0.05) / (dark + 0.05);
          };

          // Background of an element, down to the first opaque layer; the browser's own canvas is the last.
          const behind = element => {
            const layers = [];
            for (let e = element; e; e = e.parentElement) {
              const layer = parse(getComputedStyle(e).backgroundColor);
              layers.push(layer);
              if (layer[3] === 1) break;
            }
            const canvasColour = parse(matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#fff');
            return layers.reverse().reduce((below, layer) => over(layer, below), canvasColour);
          };
          const opacity = element => {
            let product = 1;
            for (let e = element; e; e = e.parentElement) product *= getComputedStyle(e).opacity;
            return product;
          };
          // Text for screen readers only is clipped to a pixel.
          const clipped = element => {
            for (let e = element; e; e = e.parentElement) {
              if (getComputedStyle(e).overflowX === 'hidden' && e.getBoundingClientRect().width <= 1) return true;
            }
            return false;
          };
          const seen = (element, box) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
            && box.width > 1 && box.height > 1 && box.bottom > 0 && !clipped(element) && !element.closest(':disabled');

          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const dialog = document.querySelector('dialog:modal');
          while (texts.nextNode()) {
            const element = texts.currentNode.parentElement;
            const text = texts.currentNode.data.trim();
            const range = document.createRange();
            range.selectNodeContents(texts.currentNode);
            if (!text || ['SCRIPT', 'STYLE', 'TITLE'].includes(element.tagName) || !seen(element, range.getBoundingClientRect())) continue;
            if (dialog && !dialog.contains(element)) continue;
            let scroller = element;
            while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowX)) scroller = scroller.parentElement;
            if (!scroller && range.getBoundingClientRect().right > innerWidth) findings.push(`outside the screen: '${text.slice(0, 40)}'`);
            const style = getComputedStyle(element);
            const size = parseFloat(style.fontSize);
            const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
            const background = behind(element);
            const ink = parse(element instanceof SVGElement ? style.fill : style.color);
            const ratio = contrast(over([...ink.slice(0, 3), ink[3] * opacity(element)], background), background);
            if (ratio < (large ? 3 : 4.5)) findings.push(`contrast ${ratio.toFixed(1)} of '${text.slice(0, 40)}'`);
          }

          for (const control of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
            if (!control.checkVisibility()) continue;
            const named = control.getAttribute('aria-label') || control.textContent.trim() && !control.matches('select, textarea')
              || [...control.labels ?? []].some(label => [...label.childNodes].some(node => node !== control && node.textContent.trim()))
              || control.querySelector('img[alt]:not([alt=""])');
            if (!named) findings.push(`no name: ${control.tagName.toLowerCase()}`);
          }

          const wide = document.documentElement.scrollWidth;
          if (wide > innerWidth) findings.push(`scrolls sideways: ${wide} px`);
          const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
          for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) findings.push(`id used twice: ${id}`);
          const headings = document.querySelectorAll('h1').length;
          if (headings !== 1) findings.push(`h1: ${headings}`);
          if (!document.documentElement.lang) findings.push('no language');
          return findings;
        }
        """;
}
