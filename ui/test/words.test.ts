import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogues } from "@/words";

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  );
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.|\.gen\./.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

const en = new Map(flat(catalogues.en));
const de = new Map(flat(catalogues.de));
const values = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe("the catalogue", () => {
  it("has the same keys in both languages", () => {
    expect(en.size).toBeGreaterThan(20);
    expect([...de.keys()].sort()).toEqual([...en.keys()].sort());
  });

  it("has no empty text, and the same values enter in both languages", () => {
    for (const [key, text] of en) {
      expect(text.trim(), key).not.toBe("");
      expect(de.get(key)?.trim(), key).not.toBe("");
      // A singular may spell its number out.
      if (!key.endsWith("_one")) expect(values(de.get(key) ?? ""), key).toEqual(values(text));
    }
  });

  it("has every key that the code names", () => {
    const missing = sources("src").flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(/\bt\(\s*"([a-zA-Z0-9_.-]+)"/g)]
        .map((match) => match[1] ?? "")
        .filter((key) => !en.has(key) && !en.has(`${key}_other`))
        .map((key) => `${path}: ${key}`),
    );
    expect(missing).toEqual([]);
  });
});
