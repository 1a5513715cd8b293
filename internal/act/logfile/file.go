package logfile

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"parvis/internal/act"
	"parvis/internal/act/tree"
	"parvis/internal/act/witness"
	"parvis/internal/db"
	"parvis/internal/fault"
)

// Files reads the public files of a log from its database.
type Files struct {
	Readers   db.Querier
	Keys      []string // verifier keys of the log, the current one first
	Witnesses []witness.Remote
}

// File is one public file.
type File struct {
	Body  []byte
	Type  string // media type
	Fixed bool   // its bytes never change
}

const (
	plain  = "text/plain; charset=utf-8"
	binary = "application/octet-stream"
	lines  = "application/jsonl; charset=utf-8"
)

var errNotFound = fault.New(fault.NotFound, "fault.not_found")

// File gives the file of that name. fault.NotFound: no such name, or beyond the last checkpoint.
func (f Files) File(ctx context.Context, name string) (File, error) {
	if name == "keys" {
		return File{Body: []byte(strings.Join(f.Keys, "\n") + "\n"), Type: plain}, nil
	}
	if name == "witnesses" {
		return File{Body: f.witnesses(), Type: plain}, nil
	}
	head, err := act.LastHead(ctx, f.Readers)
	if fault.KindOf(err) == fault.NotFound {
		return File{}, errNotFound
	}
	if err != nil {
		return File{}, err
	}
	if name == "checkpoint" {
		note, err := f.cosigned(ctx, head)
		return File{Body: []byte(note), Type: plain}, err
	}
	if leaf, is := strings.CutPrefix(name, "proof/"); is {
		return f.proof(ctx, head, leaf)
	}
	p, ok := tree.ParsePath(name)
	if !ok || !within(p, head.Size) {
		return File{}, errNotFound
	}
	return f.numbered(ctx, p)
}

func (f Files) witnesses() []byte {
	var b bytes.Buffer
	for _, w := range f.Witnesses {
		b.WriteString(w.String() + "\n")
	}
	return b.Bytes()
}

// cosigned adds the witnesses' signature lines to the checkpoint.
func (f Files) cosigned(ctx context.Context, head act.Head) (string, error) {
	by, err := act.Cosignatures(ctx, f.Readers, head.Size)
	for _, c := range by {
		head.Note += c.Line
	}
	return head.Note, err
}

// within tells whether a tree of size entries has that file, at least as wide.
func within(p tree.Path, size int64) bool {
	for range p.Level {
		size /= tree.Width
	}
	return p.Index < size/tree.Width+1 && p.Index*tree.Width+int64(p.Width) <= size
}

func (f Files) numbered(ctx context.Context, p tree.Path) (File, error) {
	from := p.Index * tree.Width
	to := from + int64(p.Width)
	switch p.Kind {
	case tree.Entries:
		body, err := f.entries(ctx, from, to)
		return File{Body: body, Type: binary, Fixed: true}, err
	case tree.Payload:
		body, err := f.payload(ctx, from, to)
		return File{Body: body, Type: lines}, err // never fixed: a text may be erased
	default:
		data, err := act.TileData(ctx, f.Readers, p.Level, p.Index)
		if err != nil || len(data) < p.Width*len(tree.Hash{}) {
			return File{}, errNotFound
		}
		return File{Body: data[:p.Width*len(tree.Hash{})], Type: binary, Fixed: true}, nil
	}
}

func (f Files) entries(ctx context.Context, from, to int64) (bundle []byte, err error) {
	entries, err := act.Entries(ctx, f.Readers, from, to)
	for _, e := range entries {
		if err == nil {
			bundle, err = tree.AppendEntry(bundle, e)
		}
	}
	return bundle, err
}

func (f Files) payload(ctx context.Context, from, to int64) ([]byte, error) {
	opened, err := act.Openings(ctx, f.Readers, from, to)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	for _, o := range opened {
		if err := w.Encode(o); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

func (f Files) proof(ctx context.Context, head act.Head, name string) (File, error) {
	leaf, err := tree.ParseSize(name)
	if err != nil || leaf >= head.Size {
		return File{}, errNotFound
	}
	path, err := act.Inclusion(ctx, f.Readers, leaf, head.Size)
	if err != nil {
		return File{}, err
	}
	entries, err := act.Entries(ctx, f.Readers, leaf, leaf+1)
	if err != nil || len(entries) != 1 {
		return File{}, errNotFound
	}
	note, err := f.cosigned(ctx, head)
	proof := tree.Proof{Extra: entries[0], Index: leaf, Path: path, Note: note}
	return File{Body: []byte(proof.String()), Type: plain}, err
}
