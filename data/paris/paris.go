// Package paris holds open data of the Ville de Paris, under its own licence: see LICENCE.md (ODbL).
package paris

import "embed"

// Files are the data, as they were found.
//
//go:embed *.csv *.geojson LICENCE.md
var Files embed.FS
