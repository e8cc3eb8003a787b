import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DeskForm } from "@/bridge/types";
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

  it("has words for everything that stands against a connection, and the values that come with it", () => {
    const found: string[] = [];
    for (const what of ["database", "interface"]) {
      const source = readFileSync(`../src-tauri/crates/api/src/${what}_problem.rs`, "utf8");
      const codes = [...source.matchAll(/=> \("\w+", "(\w+)"\)/g)].map((match) => match[1] ?? "");
      expect(codes.length, what).toBeGreaterThan(10);
      const known = [...en.keys()].filter((key) => key.startsWith(`${what}.`) && key.endsWith(".title"));
      found.push(...codes.filter((code) => !known.some((key) => key.endsWith(`.${code}.title`))));
    }
    expect(found).toEqual([]);
  });

  it("has every word of forms that the code names, for every desk", () => {
    const missing = sources("src").flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(/\bd\(\s*"([a-zA-Z0-9_.-]+)"/g)]
        .map((match) => `userform.${match[1] ?? ""}`)
        .filter((key) => !en.has(key) && !en.has(`${key}_other`))
        .map((key) => `${path}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it("names every field, section, tab, status, way and permission of every desk's form of people", () => {
    const forms = JSON.parse(readFileSync("src/bridge/fake/forms.gen.json", "utf8")) as Record<string, DeskForm>;
    const missing = Object.values(forms).flatMap((form) => {
      const asked = [
        ...form.user.fields.flatMap(({ name, section, tab }) => [`field.${name}`, `section.${section}`, `tab.${tab}`]),
        ...form.statuses.map((status) => `status.${status}`),
        ...form.steps.flatMap(([from, to]) => [`step.${from}-${to}`, `stepWhy.${from}-${to}`]),
        ...form.password.ways.flatMap((way) => [`way.${way}`, `wayHint.${way}`]),
        ...form.permissions.map((key) => `permission.${key}`),
        ...form.levels.map((level) => `level.${level}`),
      ];
      return asked.filter((key) => !en.has(`userform.${key}`)).map((key) => `${form.desk}: ${key}`);
    });
    expect([...new Set(missing)]).toEqual([]);
  });
});
