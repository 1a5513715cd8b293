// Package fact carries what happened in one room to those that stand later, and to search and mail.
//
// A fact is a Go struct whose name ends in its version (PartOfferedV1). It is inserted in the
// transaction that causes it, so it exists if and only if the change does:
//
//	return part, fact.Insert(tx, PartOfferedV1{Part: part.ID, Unit: part.Unit})
//
// It holds ids, stages and amounts: no name of a person and no free text, for it is not erasable.
// Its stored name is the package and the type ("portfolio.PartOfferedV1") and never changes; a new
// form is a new type, V2, beside the old.
//
// One Relay delivers facts to consumers, in the order of commit. A consumer has a cursor that moves
// in the same transaction as the effect, so each fact has its effect exactly once, whatever fails:
//
//   - a handler made by On receives the transaction that will also move the cursor;
//   - a handler made by OnCivic changes civic state through act.Do and calls Head.Take inside it,
//     which moves the cursor there.
//
// A failure is kept beside the cursor, delays the consumer (never the others) and is shown by
// Standing; the order is kept, so the facts behind it wait. Any number of processes may run a relay.
package fact
