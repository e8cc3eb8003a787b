#!/usr/bin/env bash
# Writes ui/src/bridge/bindings.gen.ts from the list of commands and events, and what its stand-in knows of desks.
source "$(dirname "$0")/common.sh"

prepare
PORTICO_WRITE_BINDINGS=1 cargo test --locked --quiet -p portico --lib bindings
PORTICO_WRITE_BINDINGS=1 cargo test --locked --quiet -p portico-api --lib stand_in
say "Written: ui/src/bridge/bindings.gen.ts"
