// Two live regions outside of React: a message must be heard even when what caused it leaves the page at once.

const regions = new Map<string, HTMLElement>();

/** Says the text to screen readers. `assertive` interrupts: for what went wrong only. */
export function announce(text: string, urgency: 'polite' | 'assertive' = 'polite'): void {
  const region = regions.get(urgency) ?? addRegion(urgency);
  region.textContent = '';
  // The same text twice is said twice only when the region was empty in between.
  setTimeout(() => {
    region.textContent = text;
  }, 60);
}

/** To be called once at the start: screen readers may miss the first words of a region that has just appeared. */
export function prepareAnnouncements(): void {
  for (const urgency of ['polite', 'assertive']) if (!regions.has(urgency)) addRegion(urgency);
}

function addRegion(urgency: string): HTMLElement {
  const region = document.createElement('div');
  region.setAttribute('aria-live', urgency);
  region.className = 'unseen';
  region.dataset.liveAnnouncer = 'true'; // React Aria leaves these open to screen readers while a dialog is open
  document.body.append(region);
  regions.set(urgency, region);
  return region;
}
