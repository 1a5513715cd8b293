// Package i18n says everything in the reader's language: messages from catalogues, and numbers,
// money, days, ages and lists in the usage of French and of British English (Unicode CLDR 46).
//
// A catalogue is a pair of flat TOML files, fr.toml and en.toml, embedded by the package whose
// messages they hold (go:embed messages/*.toml):
//
//	part.offered      = "{unit} propose une part à {body}"
//	part.late.one     = "{n} part en retard"
//	part.late.other   = "{n} parts en retard"
//
// Load merges the catalogues of all packages and refuses a key that is defined twice. A Printer
// answers for one language; a key it does not have is printed ⟦key⟧, which a test finds.
// French catalogues may be typed with ordinary spaces: Load puts the no-break ones before
// ; ! ? : » € % and after «.
package i18n
