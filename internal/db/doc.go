// Package db keeps the civic state of the city in SQLite or PostgreSQL with one SQL text.
//
// There is one writer and many readers. Everything that writes goes through Writer, which commits
// the work of many callers in one transaction (group commit): each closure runs in its caller's
// goroutine, inside its own SAVEPOINT, one after the other, so that both engines are serial and a
// closure sees all that was acknowledged before it. A call returns only after the commit that
// holds its work has been flushed to disk.
//
// There are two kinds of tables. Civic tables explain themselves in the log: only package act may
// write them (Writer.Civic). Traffic tables (sessions, links, jobs, cursors, drafts, the search
// index, series, the urn) are the closed list of tables.go and are written by Writer.Traffic.
//
// The rules of the common SQL: $1…$n; ids from the application; instants are BIGINT microseconds
// UTC; legal days are TEXT; JSON is opaque TEXT; text sorts by bytes; ON CONFLICT rather than
// caught errors. Only this package imports database/sql drivers.
package db
