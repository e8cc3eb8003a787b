#!/usr/bin/env bash
# Builds Portico and opens it on the built-in sample. Without a screen: opens it on a virtual one, takes its picture.
source "$(dirname "$0")/common.sh"

headless=no
[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ] || headless=yes

if [ $headless = yes ]; then prepare "${screen_packages[@]}"; else prepare; fi
build_pages
say "Building Portico"
profile=debug
release=()
if [ -n "${RELEASE:-}" ]; then profile=release release=(--release); fi
cargo build --locked --quiet -p portico "${release[@]}" || die "Portico cannot be built"
program=$target/$profile/portico
export PORTICO_OPEN=${PORTICO_OPEN:-sample}

if [ $headless = no ]; then
  say "Opening Portico on the sample"
  exec "$program"
fi

say "There is no screen: opening Portico on a virtual one"
home=$(mktemp -d)
trap 'end_own; rm -rf "$home"' EXIT
virtual_display
mkdir -p "$home"/{data,config,cache,run}
chmod 700 "$home/run"
XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/run \
  "$program" >"$target/portico.log" 2>&1 &
own+=($!)
portico=${own[-1]}

# The pages name the window "WORKSPACE · Portico" once a workspace is open.
window=
for _ in $(seq 600); do
  window=$(xdotool search --onlyvisible --name '. · Portico$' 2>/dev/null | head -n 1 || true)
  [ -n "$window" ] && break
  kill -0 "$portico" 2>/dev/null || die "Portico ended before its window was there: $(tail -n 5 "$target/portico.log")"
  sleep 0.1
done
[ -n "$window" ] || die "the window did not show the sample within 60 seconds: $(tail -n 5 "$target/portico.log")"

# The title is ahead of the picture: wait until the program has handed over people, and the picture is no
# longer blank and stands still.
listed() { grep -qsF 'the first people are listed' "$home"/data/*/logs/*; }
colours() { identify -format '%k' "$target/portico.png"; }
before= still=0
for _ in $(seq 240); do
  sleep 0.25
  import -window root "$target/portico.png"
  now=$(sha256sum <"$target/portico.png")
  if [ "$now" = "$before" ]; then still=$((still + 1)); else still=0; fi
  before=$now
  [ $still -ge 3 ] && listed && [ "$(colours)" -gt 200 ] && break
done
listed || die "no people were listed; see $target/portico.png"
[ "$(colours)" -gt 200 ] || die "the window stays blank; see $target/portico.png"
say "Portico works: \"$(xdotool getwindowname "$window")\" lists its people. Its picture: $target/portico.png"
