// Package job does what must not be done inside a transaction: sending, fetching, long imports, and
// what comes back every night.
//
// A job is put in the transaction that asks for it, and worked on later by whichever process leases
// it first. A lease ends by itself when its process dies; a long job renews it. So a job runs at least
// once, and its effect happens once when the handler ends with Task.Finish in the transaction of
// that effect: of two workers that hold the same job in turn, only the last may finish it.
//
// A failure is tried again after a growing delay; when its attempts are used up the job is dead: it
// stays in the table with its trouble until an operator revives or discards it. A periodic job is
// never dead: its trouble shows and it is tried again.
package job
