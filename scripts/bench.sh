#!/usr/bin/env bash
# Measures. The figures depend on the machine, so its cores come with them.
source "$(dirname "$0")/common.sh"

prepare
say "Cores: $(nproc)"
cargo bench --locked -p portico-store --bench visibility
cargo bench --locked -p portico-store --bench matrix
cargo bench --locked -p portico-tests --bench use_cases "$@"
