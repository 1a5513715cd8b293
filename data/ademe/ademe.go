// Package ademe holds definitions of territorial indicators, under their own licence: see LICENCE.md (MIT).
package ademe

import "embed"

// Files are the data, as they were found.
//
//go:embed *.csv LICENCE.md
var Files embed.FS

// Indicators is the name of the file of definitions.
const Indicators = "indicateurs-territoriaux.csv"
