package pabulib

import (
	"errors"
	"io"
	"runtime"
	"strconv"
	"testing"
)

// flood is a file that never ends: head, then what more gives, up to a gigabyte. It looks at the memory in
// use as it is read.
type flood struct {
	rest []byte
	more func(i int) string
	i    int
	sent int64
	peak uint64
}

const gigabyte = 1 << 30

// Read gives the next piece.
func (f *flood) Read(b []byte) (int, error) {
	if f.sent >= gigabyte {
		return 0, io.EOF
	}
	for len(f.rest) < len(b) {
		f.rest = append(f.rest, f.more(f.i)...)
		f.i++
	}
	n := copy(b, f.rest)
	f.rest = f.rest[:copy(f.rest, f.rest[n:])]
	if f.sent>>24 != (f.sent+int64(n))>>24 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		f.peak = max(f.peak, m.HeapInuse)
	}
	f.sent += int64(n)
	return n, nil
}

const floodHead = "META\nkey;value\ndescription;d\ncountry;c\nunit;u\ninstance;i\nnum_projects;1\nnum_votes;1\nbudget;100\nvote_type;approval\n" +
	"rule;greedy\ndate_begin;2018\ndate_end;2018\n"

// A gigabyte of anything is refused with its line and its cause, and never held: what is kept is bounded by
// the limits, whatever the file goes on with.
func TestAGigabyteIsRefused(t *testing.T) {
	const mebibyte = 1 << 20
	for name, c := range map[string]struct {
		head string
		more func(i int) string
		want string
		most uint64 // MiB in use
	}{
		"one line":  {floodHead, func(int) string { return "aaaaaaaaaaaaaaaa" }, "pb.record.too_long", 16},
		"one quote": {floodHead + "comment;\"", func(int) string { return "aaaaaaa\naaaaaaa\n" }, "pb.record.too_long", 16},
		"META":      {floodHead, func(i int) string { return "k" + strconv.Itoa(i) + ";v\n" }, "pb.meta.too_many", 16},
		"columns":   {floodHead + "PROJECTS\nproject_id;cost", func(int) string { return ";" }, "pb.record.too_long", 64},
		"projects":  {floodHead + "PROJECTS\nproject_id;cost\n", func(i int) string { return strconv.Itoa(i) + ";7\n" }, "pb.projects.too_many", 64},
		"voters": {floodHead + "PROJECTS\nproject_id;cost\n1;5\nVOTES\nvoter_id;vote\n",
			func(i int) string { return strconv.Itoa(i) + ";1\n" }, "pb.votes.too_many", 512},
		"long votes": {floodHead + "PROJECTS\nproject_id;cost\n1;5\nVOTES\nvoter_id;vote;note\n",
			func(i int) string { return strconv.Itoa(i) + ";1;" + longText + "\n" }, "pb.file.too_long", 512},
		"defects": {floodHead + "PROJECTS\nproject_id;cost\n1;5\nVOTES\nvoter_id;vote\n",
			func(i int) string { return "x;z,z,z,z,z,z,z\n" }, "pb.file.hopeless", 80},
		"blank lines": {floodHead, func(int) string { return "\n\n\n\n\n\n\n\n" }, "pb.file.hopeless", 80},
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && c.most > 64 {
				t.Skip("takes some seconds")
			}
			in := &flood{rest: []byte(c.head), more: c.more}
			err := drain(in)
			refusal, ok := errors.AsType[*Error](err)
			if !ok {
				t.Fatalf("not refused: %v", err)
			}
			if last := refusal.Defects[len(refusal.Defects)-1]; last.Key != c.want || last.Line == 0 {
				t.Errorf("refused for %s at line %d", last.Key, last.Line)
			}
			if used := in.peak / mebibyte; used > c.most {
				t.Errorf("%d MiB in use, %d expected at most", used, c.most)
			}
			t.Logf("read %d MiB, %d MiB in use", in.sent/mebibyte, in.peak/mebibyte)
		})
	}
}

const longText = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"

// drain reads votes one by one and keeps none.
func drain(in io.Reader) error {
	r, err := Open(in, Options{})
	for err == nil {
		_, err = r.Next()
	}
	return err
}
