// Package network measures how the units of a city work together: the *profil d'interface* of
// governance.md §4. It is arithmetic on declared, institutional records and nothing else: no mail, no
// diary, no badge. A node is a unit, a post or an initiative, never a person; what describes fewer
// holders or ties than Least is not told at all (rules R1 to R3).
//
// A graph has at most a few hundred nodes, so it is kept as a square of weights and every measure is
// the sum that its definition writes down. Definitions: Krackhardt and Stern 1988 (openness.go), Newman 2001 and 2006 (graph.go, openness.go), Gould and Fernandez 1989 (brokerage.go),
// Hill 1973 (silos.go), Benjamini and Hochberg 1995 (gaps.go).
package network
