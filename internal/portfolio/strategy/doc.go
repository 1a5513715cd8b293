// Package strategy says what the city's programme is for, and measures it.
//
// A strategy follows another (schéma directeur informatique, schéma directeur ville numérique, plan
// stratégique). Each has a tree of objectives. An objective is the portfolio's own (the one that
// initiatives serve and boards group by); a node places it in the tree of one strategy, with its words
// and its weight there. So an objective that goes on from one strategy to the next is the same thing,
// and the difference between two strategies is exact.
//
// Indicators hang on objectives, not on strategies: a series outlives the plan that began it.
// Positions answer the dilemmas of the mission. The grid (référentiel) is the public reading of
// everything the city takes up; initiatives, and what later rooms bring, are placed in it.
//
// Invariants, each with a test:
//
//   - weights of siblings sum to one, and the effective weights of the leaves of a tree too, exactly;
//   - a strategy is adopted by a decision with its six answers; adopting what replaces another
//     supersedes that one, and never two at once;
//   - the tree of an adopted strategy does not change any more;
//   - a measurement is never changed: its correction stands beside it;
//   - a published edition of the grid is frozen, and its digest is that of what was published; a
//     placement names its edition.
//
// Facts: none yet.
package strategy
