# Everything is built by SwiftPM; these targets see to what a build needs and say the common commands in one word.

PREFIX ?= /usr/local
DESTDIR ?=

SWIFT ?= swift
# Swift's libraries are linked in, and from the archives the others that a run needs: the program starts in half the time
# and runs where none of them is installed. Swift's own linker, since the system's warns of functions in those libraries
# that nothing here calls; nobody looks for functions in the program, nor for libraries beside it. Each module is optimised
# with the bodies of those that it calls: a frame passes through several. Symbols would be two thirds of the file; whoever
# wants to profile it builds with `make build STRIP=`.
STRIP = -Xlinker --strip-all
RELEASE = --configuration release --product tlswhy --static-swift-stdlib -Xswiftc -use-ld=lld \
	-Xswiftc -cross-module-optimization --disable-local-rpath -Xlinker --no-export-dynamic \
	$(STRIP) -Xswiftc -L$(CURDIR)/.build/archives -Xswiftc -Xclang-linker -Xswiftc -static-libgcc
SOURCES = Sources Tests Package.swift Examples Fuzz/Sources Fuzz/Package.swift Benchmarks/Micro/Sources Benchmarks/Micro/Package.swift
TLSWHY = .build/release/tlswhy
DEMO = $(TLSWHY) diff samples/founding-refused/working.pcap samples/founding-refused/failing.pcap

.DEFAULT_GOAL := help
# They share what is built, once, of the libraries.
COMPANION = --scratch-path .build/companions --package-path

.PHONY: help archives demo test build companions bench release install uninstall lint format samples docs fuzz clean prerequisites

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## Build, then name why Java fails where curl works, from the packets of both
	@printf '\n$$ %s\n\n' "$(DEMO)"
	@$(DEMO) || [ $$? -eq 1 ] # 1 says that a divergence was found

test: prerequisites ## Run every test
	@scripts/install-test-tools.sh
	$(SWIFT) test --disable-xctest

build: prerequisites archives ## Build the optimised program: .build/release/tlswhy
	$(SWIFT) build $(RELEASE)

companions: prerequisites ## Build the example, the fuzz targets and the micro-benchmarks, which use the library
	$(SWIFT) build $(COMPANION) Examples/WhyFailed
	.build/companions/debug/WhyFailed samples/founding-refused/working.pcap samples/founding-refused/failing.pcap
	$(SWIFT) build $(COMPANION) Benchmarks/Micro
	@# libFuzzer brings the main function, and is not asked for here.
	$(SWIFT) build $(COMPANION) Fuzz -Xlinker --defsym=Fuzz_main=0

bench: build ## Time tlswhy beside other tools: Benchmarks/README.md says how to make the captures
	Benchmarks/compare

release: build ## Pack a program that needs no Swift runtime: .build/dist/tlswhy-*.tar.gz
	SWIFT="$(SWIFT)" RELEASE="$(RELEASE)" scripts/release.sh

install: ## Install program, manual and completions below PREFIX (/usr/local); build first
	PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" scripts/install.sh

uninstall: ## Remove what install put below PREFIX
	PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" scripts/install.sh --remove

lint: ## Check the formatting, that public declarations are documented, and that nothing has grown too large
	$(SWIFT) format lint --strict --recursive $(SOURCES)
	scripts/check-docs
	scripts/check-sizes

format: ## Format the code in place
	$(SWIFT) format format --in-place --recursive $(SOURCES)

samples: ## Record samples/ again with real programs (Linux, root)
	scripts/record-samples

docs: build ## Write docs/causes.md from what the program knows
	scripts/generate-causes-doc $(TLSWHY)

fuzz: prerequisites ## Run each fuzz target for a minute: docs/hostile-input.md
	scripts/fuzz

clean: ## Remove what was built
	rm -rf .build

prerequisites:
	@scripts/install-prerequisites.sh

# What a linker that finds it here takes instead of the shared library; where the system has no archive, that one.
archives:
	@mkdir -p .build/archives
	@for name in stdc++ z zstd brotlidec brotlicommon; do \
		archive="$$(clang -print-file-name=lib$$name.a)"; \
		if [ -e "$$archive" ]; then ln -sf "$$archive" .build/archives/; fi; \
	done
