namespace VibeDash.EndToEnd.Tests.Layout;

/// <summary>Checks not covered by <see cref="Axe"/>: nothing outside the screen (reflow), unique ids, one first-level heading.</summary>
internal static class ReflowScript
{
    /// <summary>Evaluates to an array of findings in words; empty when there are none.</summary>
    public const string Findings =
        """
        () => {
          const findings = [];

          // Text for screen readers is clipped to a pixel.
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
          }

          const wide = document.documentElement.scrollWidth;
          if (wide > innerWidth) findings.push(`scrolls sideways: ${wide} px`);
          const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
          for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) findings.push(`id used twice: ${id}`);
          const headings = document.querySelectorAll('h1').length;
          if (headings !== 1) findings.push(`h1: ${headings}`);
          return findings;
        }
        """;
}
