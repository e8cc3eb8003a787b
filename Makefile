# The only commands a newcomer needs. Each prepares what it lacks; a second run prepares nothing.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test lint bench soak package bindings icons

help:            ## Shows this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run:             ## Builds Portico and opens it on the built-in sample (RELEASE=1: optimised)
	@scripts/run.sh

test:            ## Runs every test, those of the real window included
	@scripts/test.sh

lint:            ## Formatting, lints, and who may import whom
	@scripts/lint.sh

bench:           ## Measures every desk with 10,000 and 100,000 people; prints the figures (docs/measures.md)
	@scripts/bench.sh

soak:            ## Draws random cases for hours: damaged files, rules (PORTICO_SOAK_HOURS, 8)
	@scripts/soak.sh

package:         ## Makes a .deb
	@scripts/package.sh

bindings:        ## Writes the TypeScript of the commands anew
	@scripts/bindings.sh

icons:           ## Draws every icon from icons/portico.svg
	@scripts/icons.sh
