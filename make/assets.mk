# Pages work without this: scripts and fonts are an addition that the binary embeds when they exist.

NPM   ?= npm
TEMPL := github.com/a-h/templ/cmd/templ@v0.3.977
DIST  := internal/ui/static/dist

.PHONY: templ axe

# Scripts and fonts into $(DIST). Without npm a working site is built all the same.
assets: $(DIST)/parvis.js

$(DIST)/parvis.js: package.json package-lock.json $(wildcard internal/ui/js/*.js) tools/assets/build.mjs
	@if [ -z "$$(command -v $(NPM))" ]; then echo "no npm: pages will do without scripts and fonts of their own"; \
	else { [ -d node_modules/esbuild ] || $(NPM) ci --no-audit --no-fund --silent; } && node tools/assets/build.mjs; fi

# The Go code of the templates, committed.
templ:
	$(GO) run $(TEMPL) generate

# axe-core over the addresses in AXE_URLS, in light and dark, wide and narrow. Needs a running site.
AXE_URLS ?= http://localhost:8080/fr/style http://localhost:8080/en/style
axe:
	node tools/assets/axe.mjs $(AXE_URLS)
