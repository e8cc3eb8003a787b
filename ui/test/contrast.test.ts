import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/app/theme/tokens.css", "utf8");

function tokens(scheme: "light" | "dark"): Record<string, string> {
  const block = css.split(`:root[data-mantine-color-scheme="${scheme}"] {`)[1]?.split("}")[0] ?? "";
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const part = (v = 0) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const grounds = ["surface", "chrome", "sunken", "raised", "hover"];
const inks = ["text", "text-2", "text-3", "accent-ink", "passed", "blocked", "unknown", "skipped"];

it("every value that a style sheet names is there", () => {
  const sheets = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".css"))
    .map((path) => [path, readFileSync(`src/${path}`, "utf8")] as const);
  const set = new Set(sheets.flatMap(([, text]) => [...text.matchAll(/(--[\w-]+):/g)].map((match) => match[1])));
  // Widths that a table measures, and what the library sets.
  const outside = (name: string) => name === "--table-width" || name.startsWith("--mantine-");
  const missing = sheets.flatMap(([path, text]) =>
    [...text.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1] ?? "").filter((name) => !set.has(name) && !outside(name)).map((name) => `${path}: ${name}`),
  );
  expect(sheets.length).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});

describe.each(["light", "dark"] as const)("colours in %s", (scheme) => {
  const all = tokens(scheme);
  it.each(grounds.flatMap((ground) => inks.map((ink) => [ink, ground])))("%s can be read on %s", (ink, ground) => {
    expect(contrast(all[ink] ?? "", all[ground] ?? "")).toBeGreaterThanOrEqual(4.5);
  });
  it.each([["text-2", "tint"], ["accent-ink", "tint"], ["text-2", "tint-2"], ["blocked", "blocked-tint"], ["unknown", "unknown-tint"], ["text-2", "unknown-tint"]])(
    "%s can be read on %s",
    (ink, ground) => {
      expect(contrast(all[ink] ?? "", all[ground] ?? "")).toBeGreaterThanOrEqual(4.5);
    },
  );
  it("white can be read on the one filled button, and a control's edge can be seen", () => {
    expect(contrast("#ffffff", all["accent"] ?? "")).toBeGreaterThanOrEqual(4.5);
    expect(contrast(all["edge"] ?? "", all["surface"] ?? "")).toBeGreaterThanOrEqual(3);
  });
});
