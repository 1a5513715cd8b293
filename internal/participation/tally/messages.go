package tally

import "embed"

// Messages are the texts of what this package refuses.
//
//go:embed messages/*.toml
var Messages embed.FS
