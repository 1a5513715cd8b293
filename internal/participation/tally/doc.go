// Package tally counts participatory budgets: any declared rule, exactly, the same on every machine.
//
// It is pure: no database, no clock, no network. An Election is one lot (projects, terms, ballots
// grouped); Count applies a Rule and gives an Outcome; Explain says why each project won or lost;
// Measure gives the quality of an outcome; Document is the rules of a vote as they are frozen and
// hashed; Recount does it all from a file, for the command and for verification.
//
// # Conventions
//
// n is the number of valid ballots of the lot, blank ones included. votes(p) is the number of ballots
// naming p; with points, giving it more than 0. A withdrawn project is out of the tally but keeps its
// place on the ballot (ranks are not renumbered). Ties go to the lowest cost, then to most votes, then
// to the order frozen before the vote (the bytes of the id, if none is); every tie met is reported.
// Amounts are whole numbers of minor units. A project is eligible unless it is withdrawn, has fewer
// votes than the minimum, costs more than the cap, or fails the bar votes/n ≥ cost/(c·B) (Świecie 2023:
// c = 3). The named rules set none of these; a city's own rules ask for one vote at least.
//
// # Greedy rules
//
//   - greedy_score: by votes (approval), points, or points of ranks (longest ballot allowed − rank + 1);
//     takes what fits, skips what does not. greedy_score_no_skip stops at the first that does not fit.
//     greedy_score_threshold looks only at projects whose score reaches the threshold.
//   - greedy_cost, greedy_card, greedy_points, greedy_borda, greedy_borda_city: by the sum of utilities
//     per cost (Talmon and Faliszewski, AAAI 2019). With cost utilities that is by votes.
//
// # Method of Equal Shares
//
// mes_U, for U one of cost, card, points, borda, borda_city (Peters, Pierczyński and Skowron, NeurIPS
// 2021). Each voter i gets b_i = B/n. ρ(p) is the smallest ρ with Σ min(b_i, ρ·u_i(p)) = cost(p) over the
// voters with u_i(p) > 0. The project of smallest ρ is bought, its supporters pay, until no project can
// be paid by its supporters. u_i(p) is cost(p), 1, the points, ballot length − rank, or longest ballot
// allowed − rank + 1. A supporter is a voter with u_i(p) > 0. A project that costs nothing and has a
// supporter is bought first.
//
//   - _add1: endowment B/n + k units of currency; the first k whose outcome is exhaustive (no supported
//     project not bought fits in what is left); if outcome k overspends, outcome k − 1 and no further.
//   - _add1_overspend: without the stop at exhaustive outcomes; plain mes when all supported projects
//     fit together. _add1_integral: _add1 from the whole part of B/n (equalshares.net).
//   - _util (after _add1: _add1u): then greedily by the same utility per cost. _votes: then greedily by
//     votes, whatever the utility (equalshares.net).
//   - _comparison (Wieliczka 2023): a voter prefers the outcome with more of the projects it names;
//     greedy_score takes the place of Equal Shares if strictly more voters prefer it.
//
// # Others
//
//   - phragmen: sequential Phragmén for budgets (Los, Christoff and Grossi, IJCAI 2022). Loads begin at
//     0; projects dearer than the budget are out; the new common load of the supporters of p is
//     (Σ loads + cost)/votes. If any project of smallest new load does not fit in what is left, the
//     count stops; otherwise the first of them by the tie order is taken.
//   - per_dollar: knapsack voting (Goel et al., ACM TEAC 2019), see perDollar.
//   - majority_judgment (Balinski and Laraki, PNAS 2007), see CompareMajority. N is the number of
//     ballots of the lot that are not blank, for every project; a missing grade is the worst, or the
//     lower median of the project's own grades, as the rules say, or else refused.
//
// Ranked rules (greedy, majority judgment) fill an envelope, a number of seats, or both, and may keep
// a reserve for popular districts: see award.
//
// # Exactness
//
// All decisions are taken on integers or rationals. Equal Shares and Phragmén bound prices in 64-bit
// integers with a proven error and compare exactly (math/big) wherever bounds overlap: see run. Tests
// repeat counts with bounds so coarse that they decide nothing.
package tally
