package notify

import "embed"

// Messages are the texts of this package's faults.
//
//go:embed messages/*.toml
var Messages embed.FS
