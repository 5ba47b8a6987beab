// Reports which cards are on the screen or close to it: their readings come at once, those of the others later.
export function observe(page) {
  const observed = new WeakSet();
  const number = entry => Number(entry.target.dataset.card);
  const observer = new IntersectionObserver(entries => {
    const last = new Map(entries.map(entry => [entry.target, entry]));
    const [come, gone] = [true, false].map(inView => [...last.values()].filter(entry => entry.isIntersecting === inView).map(number));
    page.invokeMethodAsync('SawAsync', come, gone);
  }, { rootMargin: '30%' });
  return {
    look: () => {
      for (const card of document.querySelectorAll('[data-card]')) {
        if (observed.has(card)) continue;
        observed.add(card);
        observer.observe(card);
      }
    },
    dispose: () => observer.disconnect(),
  };
}
