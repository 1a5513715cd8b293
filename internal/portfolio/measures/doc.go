// Package measures computes the *profil d'interface* of a city: how its units work together, from what
// the institution recorded and nothing else. It is about units and procedures and serves to judge no
// person (rules R1 to R9 of governance.md §4.4); the arithmetic is package network.
//
// What anyone could recompute (M1, M9) counts public projects alone and is read by everybody. M7 and M8
// are read inside. M3, M4 and M6 are not even computed before the city records the opinion of its CST; M2
// and M5 wait for data that no room keeps yet.
//
// Invariants, each with a test:
//
//   - without a recorded opinion M2, M3, M4 and M6 are refused;
//   - a figure over fewer than network.LeastTies observations is not told, its n is.
package measures
