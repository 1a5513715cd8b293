package web

import "embed"

// Messages holds the catalogues of this package.
//
//go:embed messages/*.toml
var Messages embed.FS
