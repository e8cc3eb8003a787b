#!/usr/bin/env bash
# Formatting, lints, types, and the walls of the house.
source "$(dirname "$0")/common.sh"

prepare
say "Walls of the house"
node scripts/walls.mjs
say "Rust: format and lints"
cargo fmt --all --check
cargo clippy --locked --quiet --workspace --all-targets -- -D warnings
say "Window: lints and types"
npm --prefix ui run --silent lint
say "No complaints"
