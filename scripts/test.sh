#!/usr/bin/env bash
# Runs every test: Rust, the window's parts, and the real window through tauri-driver.
source "$(dirname "$0")/common.sh"

prepare "${driver_packages[@]}"
build_pages
tauri_driver
open_fga
database_servers

say "Rust tests"
cargo build --locked --quiet -p portico || die "Portico cannot be built"
if command -v cargo-nextest >/dev/null; then
  cargo nextest run --locked --workspace -E 'not binary(/^e2e/)'
  cargo test --locked --workspace --doc --quiet
else
  cargo test --locked --workspace
fi

say "Tests of the window's parts"
npm --prefix ui run --silent test

say "Tests of the real window"
trap end_own EXIT
virtual_display
PORTICO_E2E_DRIVER=$(realpath "$target/tools/bin/tauri-driver") PORTICO_E2E_PROGRAM=$(realpath "$target/debug/portico") \
  cargo test --locked --quiet -p portico-tests --test e2e -- --ignored --test-threads 1
if [ ${#skipped[@]} -gt 0 ]; then
  say "All tests that could run passed. SKIPPED:"
  printf '  %s\n' "${skipped[@]}" >&2
else
  say "All tests passed"
fi
