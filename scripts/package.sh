#!/usr/bin/env bash
# Makes a .deb of the optimised program.
source "$(dirname "$0")/common.sh"

prepare
build_pages
say "Building the package"
(cd src-tauri && ../ui/node_modules/.bin/tauri build --bundles deb)
say "Made: $(ls -t "$target"/release/bundle/deb/*.deb | head -n 1)"
