#!/usr/bin/env bash
# Measures. The figures depend on the machine, so its cores come with them.
source "$(dirname "$0")/common.sh"

prepare
say "Cores: $(nproc)"
# PORTICO_BENCH_SIZES, PORTICO_BENCH_DESKS and PORTICO_BENCH_FOLDER: docs/measures.md.
cargo bench --locked -p portico-store --bench desks
cargo bench --locked -p portico-store --bench matrix
cargo bench --locked -p portico-tests --bench use_cases "$@"
cargo bench --locked -p portico-tests --bench in_and_out
