package act

import (
	"bytes"
	"context"
	"encoding/json"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// storedAct is an act as its row says, with the bytes of its leaf (nil while an internal act waits).
type storedAct struct {
	id         id.ID
	recorded   int64
	verb       string
	force      Force
	visibility Visibility
	kind       ActorKind
	post       id.ID
	object     Ref
	subject    Ref
	effective  calendar.Day
	cause      id.ID
	corrects   id.ID
	leaf       int64
	nonce      []byte
	payload    []byte
	body       []byte // of the leaf
}

const selectActs = `SELECT a.id, a.recorded_at, a.verb, a.force, a.visibility, a.actor_kind, a.post, a.object_type, a.object_id,
	a.subject_type, a.subject_id, a.effective, a.cause, a.corrects, a.leaf, a.nonce, a.payload, l.body
	FROM act a LEFT JOIN log_leaf l ON l.idx = a.leaf ORDER BY a.recorded_at, a.id`

func scanStored(r db.Row) (a storedAct, err error) {
	err = r.Scan(&a.id, &a.recorded, &a.verb, &a.force, &a.visibility, &a.kind, &a.post, &a.object.Type, &a.object.ID,
		&a.subject.Type, &a.subject.ID, &a.effective, &a.cause, &a.corrects, &a.leaf, &a.nonce, &a.payload, &a.body)
	return a, err
}

// checkActs compares each act with its leaf and its columns with its payload, and notes what the last
// act on each row says of it.
func (f *Fsck) checkActs(ctx context.Context, q db.Querier) error {
	return each(ctx, q, scanStored, f.checkAct, selectActs)
}

func (f *Fsck) checkAct(a storedAct) {
	f.Acts++
	f.pace.step(1)
	if a.leaf < 0 {
		f.Waiting++
	}
	if !a.committed() {
		f.found(Defect{Kind: ActUnlogged, Act: a.id, Leaf: a.leaf})
	}
	p, err := Decode(a.payload)
	if err != nil {
		f.found(Defect{Kind: ActUnreadable, Act: a.id})
		return
	}
	if !a.agrees(p) {
		f.found(Defect{Kind: ActColumns, Act: a.id})
	}
	for _, row := range p.Rows {
		f.note(a, row)
	}
}

// committed tells whether a public act is what its leaf commits to; internal acts are compared with
// their batch.
func (a storedAct) committed() bool {
	if a.visibility != Public {
		return a.visibility == Internal
	}
	var l Leaf
	err := json.Unmarshal(a.body, &l)
	return err == nil && l.Kind == LeafAct && l.Digest == salted(a.nonce, a.payload)
}

// agrees tells whether the columns, by which acts are found and shown, say what the payload says.
func (a storedAct) agrees(p Payload) bool {
	subject := p.What.Ref
	if p.What.Subject != nil {
		subject = *p.What.Subject
	}
	return a.id == p.ID && a.recorded == p.When.Recorded && a.verb == p.Verb && a.force == p.Force &&
		a.kind == p.Who.Kind && a.post == p.Who.Post && a.object == p.What.Ref && a.subject == subject &&
		a.effective == p.When.Effective && a.cause == p.Cause && a.corrects == p.Corrects
}

func (f *Fsck) note(a storedAct, s Sealed) {
	row := Row{s.Table, s.ID}
	last, known := f.lastActs[row]
	if !known || last.recorded < a.recorded {
		last = lastAct{a.recorded, map[id.ID]Digest{}}
		f.lastActs[row] = last
	}
	last.says[a.id] = s.Digest
}

// checkSeals compares each seal with what the last act on its row says. A row that the last act left
// standing must have a seal, one that it removed must not.
func (f *Fsck) checkSeals(ctx context.Context, q db.Querier) error {
	err := each(ctx, q, scanSeal, f.checkSeal, `SELECT row_table, row_id, act, salt, digest FROM act_seal ORDER BY row_table, row_id`)
	for row, last := range f.lastActs {
		if !last.removed() {
			f.found(Defect{Kind: RowGone, Row: row})
		}
	}
	return err
}

func (f *Fsck) checkSeal(s seal) {
	f.pace.step(1)
	last, known := f.lastActs[s.row]
	said, speaks := last.says[s.act]
	if !known || !speaks || !bytes.Equal(said[:], s.digest) {
		f.found(Defect{Kind: SealForeign, Row: s.row, Act: s.act})
	}
	delete(f.lastActs, s.row)
}

// removed tells whether one of the last acts on a row says that it is no more.
func (l lastAct) removed() bool {
	for _, digest := range l.says {
		if digest == (Digest{}) {
			return true
		}
	}
	return false
}

// checkState compares the rows with their seals.
func (f *Fsck) checkState(ctx context.Context, q db.Querier) error {
	defects, err := checkSealed(ctx, q, f.pace.step)
	if err != nil {
		return err
	}
	f.Defects = append(f.Defects, defects...)
	f.Rows, err = db.One(ctx, q, db.Scalar[int64], `SELECT count(*) FROM act_seal`)
	return err
}
