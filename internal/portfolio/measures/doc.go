// Package measures computes the *profil d'interface* of a city: how its units work together, from what
// the institution recorded and nothing else. It is about units and procedures and serves to judge no
// person (rules R1 to R9 of governance.md §4.4); the arithmetic is package network.
//
// What anyone could recompute (M1, M3, M5, M6, M9) counts public projects alone and is read by everybody. M2, M4, M7
// and M8 are read inside. M2 to M6 are not even computed before the city records the opinion of its CST.
//
// Invariants, each with a test:
//
//   - without a recorded opinion M2 to M6 are refused;
//   - what they tell stands beside what chance would give, but for counts of what was recorded;
//   - a figure over fewer than network.LeastTies observations is not told, its n is.
package measures
