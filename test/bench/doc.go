// Command bench measures what the city is promised and prints one table: civic acts under load on both
// engines, the evaluator inside the transaction, and the pages of a large city served by a process of
// its own at a constant rate, counting and recounting. Beside each figure stand a baseline taken in the same round and the load
// of the machine, because a figure without them says as much about the neighbours as about Parvis.
//
//	go run ./test/bench [-only acts,decide,cost,genealogy,council,pages,tally] [-runs 5] [-city bin/bench-city] [-profile cpu.out]
//
// What the figures mean and which of them miss their target is in docs/performance.md. Nothing here
// asserts a time.
package main
