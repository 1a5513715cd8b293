// Package verify checks the public files of a log without trusting who serves them: no database, no
// key but public ones.
//
// It recomputes every hash from the leaves, compares the tiles, checks the signatures, opens each leaf
// (payload, texts), and reads the sequence of acts. What a log alone cannot prove is said as such: that
// everyone was shown the same history is only proved to who kept an old checkpoint (Options.Since) or
// trusts a witness (Options.Witnesses).
//
// The files may be hostile: every read is bounded in size, the whole in leaves and in time.
package verify
