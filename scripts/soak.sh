#!/usr/bin/env bash
# Draws cases at random for hours: readers over spoilt files, and the properties that hold the access rules together.
# What fails is kept beside the test (regressions.txt, *.proptest-regressions) and tried first from then on.
source "$(dirname "$0")/common.sh"

prepare
hours=${PORTICO_SOAK_HOURS:-8}
until=$(($(date +%s) + $(awk "BEGIN { print int($hours * 3600) }")))
# Each goes on for this long in a round, and rounds follow one another until the time is up.
export PORTICO_FUZZ_SECONDS=${PORTICO_FUZZ_SECONDS:-120}
round=0
say "Drawing cases for $hours hours (PORTICO_SOAK_HOURS)"
while [ $round -eq 0 ] || [ "$(date +%s)" -lt "$until" ]; do
  round=$((round + 1))
  cargo test --locked --quiet -p portico-desks --test fuzz --test live --test reader --test table_tickets
  cargo test --locked --quiet -p portico-core --lib access::
  cargo test --locked --quiet -p portico-store --lib visibility::
  cargo test --locked --quiet -p portico-store --test properties --test lists
  cargo test --locked --quiet -p portico-tests --test verify --test handed
  say "Round $round: nothing found"
done
