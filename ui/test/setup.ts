import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { toasts } from "@/kit/Toasts";

// What jsdom has not: sizes, media queries, observers, scrolling.
window.matchMedia = (query: string): MediaQueryList => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => undefined,
  removeListener: () => undefined,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  dispatchEvent: () => false,
});

class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver = Observer;
window.scrollTo = () => undefined;
HTMLCanvasElement.prototype.getContext = () => null;
window.HTMLElement.prototype.scrollIntoView = () => undefined;
Object.defineProperty(HTMLElement.prototype, "offsetHeight", { configurable: true, get: () => 600 });
Object.defineProperty(HTMLElement.prototype, "offsetWidth", { configurable: true, get: () => 1200 });
Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, get: () => 600 });
Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, get: () => 1200 });
// jsdom matches every rule of its own stylesheet anew for each element that is asked, and a query by role asks
// for each element and its ancestors: most of the time of these tests. No stylesheet of Portico is loaded here
// (`css: false`), so what stands in `style` and `hidden` is all that can hide something.
const inline = new Set(["a", "abbr", "b", "button", "code", "em", "i", "input", "kbd", "label", "mark", "s", "select", "small", "span", "strong", "svg", "textarea", "u"]);
const inherited = (element: Element): string =>
  element.closest<HTMLElement>('[style*="visibility"]')?.style.visibility || "visible";
const computed = new Map<string, CSSStyleDeclaration>();
window.getComputedStyle = (element: Element, pseudo?: string | null): CSSStyleDeclaration => {
  const shown = element.hasAttribute("hidden") ? "none" : inline.has(element.localName) ? "inline" : "block";
  const text = pseudo ? "" : `display: ${shown}; ${element.getAttribute("style") ?? ""}; visibility: ${inherited(element)}`;
  const known = computed.get(text);
  if (known) return known;
  const { style } = document.createElement("span");
  style.cssText = text;
  computed.set(text, style);
  return style;
};

Object.defineProperty(document, "fonts", { configurable: true, value: { addEventListener: () => undefined, removeEventListener: () => undefined } });

// Several test files share two cores, and a busy machine is slow: it costs nothing where all is well.
configure({ asyncUtilTimeout: 20_000 });
afterEach(() => {
  cleanup();
  // The toasts outlive the window that showed them.
  toasts.clear();
});
