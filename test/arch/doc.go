// Package arch keeps the house rules of the design as tests over the code itself: who may import
// whom, where SQL may stand, how long a function may be. See docs/architecture.md.
package arch
