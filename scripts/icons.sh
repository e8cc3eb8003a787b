#!/usr/bin/env bash
# Draws every icon from icons/portico.svg. Needs rsvg-convert (librsvg2-bin) and convert (imagemagick).
set -euo pipefail
cd "$(dirname "$0")/../icons"
for need in rsvg-convert convert node; do
  command -v "$need" >/dev/null || { echo "icons: $need is missing (apt-get install librsvg2-bin imagemagick)" >&2; exit 1; }
done
draw() { rsvg-convert --width "$1" --height "$1" --output "$2" portico.svg; }
draw 32 32x32.png
draw 64 64x64.png
draw 128 128x128.png
draw 256 128x128@2x.png
draw 512 icon.png

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for size in 16 24 32 48 64 128 256 512 1024; do draw "$size" "$work/$size.png"; done
convert "$work"/{16,24,32,48,64,256}.png icon.ico

# An .icns file is a list of PNGs, each behind a four-letter type and its length.
node --input-type=module - "$work" <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
const kinds = { icp4: 16, icp5: 32, icp6: 64, ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64, ic13: 256, ic14: 512 };
const chunk = (kind, body) => {
  const head = Buffer.alloc(8);
  head.write(kind, "latin1");
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
};
const pictures = Object.entries(kinds).map(([kind, size]) => chunk(kind, readFileSync(`${process.argv[2]}/${size}.png`)));
writeFileSync("icon.icns", chunk("icns", Buffer.concat(pictures)));
JS
