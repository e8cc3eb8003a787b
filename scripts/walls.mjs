// The walls of the house that no compiler keeps: who may import whom, how long a file may be, where a desk may be named.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const LONGEST = 400;
const DESKS = /\b(otobo|znuny|daktela|elma365|innosoft|zoho)\b/i;

// What each crate may use. `own`: other crates of the house. `never`: what would break the floor it stands on.
const FLOORS = {
  "portico-core": { own: [], only: ["serde", "serde_json", "thiserror", "uuid", "jiff", "specta", "specta-typescript"] },
  "portico-store": { own: ["portico-core"], never: [/^tauri/, /^clap$/] },
  "portico-sample": { own: ["portico-core"], never: [/^tauri/, /^rusqlite/, /^clap$/] },
  "portico-desks": { own: ["portico-core"], never: [/^tauri/, /^rusqlite/, /^clap$/] },
  "portico-team": { own: ["portico-core", "portico-store"], never: [/^tauri/, /^clap$/] },
  "portico-api": { own: ["portico-core", "portico-store", "portico-desks", "portico-team", "portico-sample"], never: [/^tauri/, /^rusqlite/, /^clap$/] },
  "portico-cli": { own: ["portico-core", "portico-api"], never: [/^tauri/, /^rusqlite/] },
  portico: { own: ["portico-core", "portico-api"], never: [/^rusqlite/, /^clap$/] },
  // For tests only: may use every floor, and nobody may use them but as a dev-dependency.
  "portico-testkit": {},
  "portico-tests": {},
};
const FOR_TESTS = ["portico-testkit", "portico-tests"];

// Where a desk may be named: its own rooms, the registries, what is invented, what is words.
const ROOMS = [
  /^src-tauri\/crates\/core\/src\/(.*\/)?(otobo|daktela|elma365|innosoft|zoho)(\.rs$|\/)/,
  /^src-tauri\/crates\/desks\/src\/(otobo|daktela|elma365|innosoft|zoho)\//,
  /(^|\/)registry\.rs$/,
  /^src-tauri\/crates\/(sample|testkit)\//,
  /^ui\/src\/words\//,
  /^ui\/src\/bridge\/fake/,
  // The window's own registry.
  /^ui\/src\/bridge\/desks\.ts$/,
];
// An example on a help page is words too.
const EXAMPLE = /after_help = "Example: |^ +porticoctl /;

const complaints = [];
const run = (program, ...args) => execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 26 });

const { packages } = JSON.parse(run("cargo", "metadata", "--no-deps", "--locked", "--format-version", "1"));
for (const { name, dependencies } of packages) {
  const floor = FLOORS[name];
  if (!floor) {
    complaints.push(`${name}: not on the floor plan (scripts/walls.mjs)`);
    continue;
  }
  for (const { name: used, kind } of dependencies) {
    if (kind !== null || FOR_TESTS.includes(name)) continue;
    const ours = used.startsWith("portico");
    if (ours && !floor.own.includes(used)) complaints.push(`${name} may not use ${used}`);
    if (!ours && floor.only && !floor.only.includes(used)) complaints.push(`${name} may not use ${used}: it uses only ${floor.only.join(", ")}`);
    if (!ours && floor.never?.some((wall) => wall.test(used))) complaints.push(`${name} may not use ${used}`);
  }
}

const isTest = (path) => /(^|\/)tests?(\/|\.rs$)|\.test\.tsx?$|(^|\/)benches\//.test(path);
// Product code only: comments may name a desk as an example, and what follows cfg(test) is a test.
const code = (text) => text.split(/^\s*#\[cfg\(test\)\]\s*$/m)[0].split("\n").map((line) => line.replace(/(^|\s)(\/\/|\*|\/\*).*$/, ""));
const files = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "src-tauri/**/*.rs", "tests/**/*.rs", "ui/src/**/*.ts", "ui/src/**/*.tsx", "ui/test/*.ts", "ui/test/*.tsx").split("\n").filter(Boolean);
for (const path of new Set(files)) {
  if (path.includes(".gen.")) continue;
  let text;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    continue; // deleted, not yet committed
  }
  const lines = text.split("\n").length - 1;
  if (lines > LONGEST) complaints.push(`${path}: ${lines} lines, at most ${LONGEST}`);
  if (isTest(path)) continue; // may name desks
  if (!ROOMS.some((room) => room.test(path))) {
    code(text).forEach((line, i) => DESKS.test(line) && !EXAMPLE.test(line) && !/^\s*(pub(\([\w:]+\))? )?mod \w+;/.test(line) && complaints.push(`${path}:${i + 1}: a desk is named outside its room: ${line.trim()}`));
  }
  if (/\bpub use [\w:]+::\*/.test(text)) complaints.push(`${path}: pub use ::*`);
}

if (complaints.length) {
  console.error(complaints.join("\n"));
  process.exit(1);
}
