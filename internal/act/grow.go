package act

import (
	"context"

	"golang.org/x/mod/sumdb/note"

	"parvis/internal/act/tree"
	"parvis/internal/db"
	"parvis/internal/fault"
)

// chunk is how many leaves enter the tree in one transaction: 32 full tiles.
const chunk = 32 * tree.Width

// grow puts one chunk of leaves in the tree, and signs a checkpoint with the last of them: tiles and
// checkpoint are committed together, so that no signature ever covers a tree that could be lost.
func (s *Sequencer) grow(ctx context.Context) (more bool, err error) {
	edge, err := loadEdge(ctx, s.readers)
	if err != nil {
		return false, err
	}
	signed, err := s.signedSize(ctx)
	if err != nil {
		return false, err
	}
	from := edge.Size()
	filled, err := s.append(ctx, edge)
	if err != nil || edge.Size() == signed {
		return false, err
	}
	more = edge.Size()-from == chunk
	return more, s.log.writer.Traffic(ctx, func(tx *db.Tx) error {
		if size, err := treeSize(ctx, tx); err != nil || size != from {
			return firstError(err, errOvertaken)
		}
		if err := storeTiles(tx, append(filled, edge.Partial()...)); err != nil || more {
			return err
		}
		return s.sign(tx, edge)
	})
}

// append reads the next leaves and gives the tiles they fill. The hashing is done outside any
// transaction.
func (s *Sequencer) append(ctx context.Context, edge *tree.Edge) (filled []tree.Tile, err error) {
	leaves, err := leafRange(ctx, s.readers, edge.Size(), edge.Size()+chunk)
	if err != nil {
		return nil, err
	}
	for _, l := range leaves {
		if l.idx != edge.Size() {
			return nil, fault.New(fault.Internal, "act.log_gap", "leaf", edge.Size())
		}
		err := edge.Append(tree.LeafHash(l.body), func(t tree.Tile) error {
			filled = append(filled, t)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return filled, nil
}

// signedSize is the size of the last checkpoint, if the current key signed it: after a rotation the same
// head is signed again. It is 0 before the first checkpoint, which no
// empty log has, and -1 when the key changed.
func (s *Sequencer) signedSize(ctx context.Context) (int64, error) {
	head, err := LastHead(ctx, s.readers)
	if fault.KindOf(err) == fault.NotFound {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	current, err := note.NewVerifier(s.c.Keys.Public[0])
	if err != nil {
		return 0, err
	}
	if _, err := note.Open([]byte(head.Note), note.VerifierList(current)); err != nil {
		return -1, nil
	}
	return head.Size, nil
}

// sign replaces a checkpoint of the same size: its text is the same, and so are cosignatures of it.
func (s *Sequencer) sign(tx *db.Tx, edge *tree.Edge) error {
	root, err := edge.Root()
	if err != nil {
		return err
	}
	text := tree.Checkpoint{Origin: s.c.Keys.Origin, Size: edge.Size(), Root: root}.Text()
	signed, err := note.Sign(&note.Note{Text: text}, s.c.Keys.Signer)
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO log_checkpoint (size, signed_at, note) VALUES ($1,$2,$3)
		ON CONFLICT (size) DO UPDATE SET signed_at = excluded.signed_at, note = excluded.note`,
		edge.Size(), db.Micros(tx.Now()), string(signed))
}
