package council

import (
	"context"
	"net/url"
	"regexp"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// ReturnLine is what a return file says of one act, and what would change.
type ReturnLine struct {
	Row int `json:"row"` // as a spreadsheet counts
	Said
	Title   string         `json:"title"`
	Before  Returned       `json:"before"`
	Defects []ReturnDefect `json:"defects,omitempty"`
}

// Said is one line of a return file, as it was written.
type Said struct {
	Ref           string       `json:"ref"`
	Digest        string       `json:"digest"`
	Number        string       `json:"number"`
	SignedOn      calendar.Day `json:"signed_on"`
	TransmittedOn calendar.Day `json:"transmitted_on"`
	ReceivedOn    calendar.Day `json:"received_on"`
	Receipt       string       `json:"receipt"`
	Authority     string       `json:"authority"`
	NotifiedOn    calendar.Day `json:"notified_on"`
	PostedOn      calendar.Day `json:"posted_on"`
	URL           string       `json:"url"`
}

// silent tells whether a line says nothing but which act it is of: in the table of a whole meeting, those that have not
// come back yet.
func (s Said) silent() bool {
	return s.Ref != "" && s == Said{Ref: s.Ref, Digest: s.Digest}
}

// ReturnDefect is what is wrong with a line: a message key, and for a digest the two that differ.
type ReturnDefect struct {
	Field  string `json:"field"`
	Key    string `json:"key"`
	Sent   string `json:"sent,omitempty"`
	Theirs string `json:"theirs,omitempty"`
}

// StagedReturn is a return file that was read and changed nothing yet.
type StagedReturn struct {
	ID     id.ID        `json:"id"`
	Lines  []ReturnLine `json:"lines"`
	Silent int          `json:"silent"` // lines that name an act and say nothing of it; told when the file is read
}

// Clean tells whether the file may be applied: one defect keeps all of it out.
func (s StagedReturn) Clean() bool {
	for _, l := range s.Lines {
		if len(l.Defects) > 0 {
			return false
		}
	}
	return len(s.Lines) > 0
}

// StageReturn reads a return file (CSV, XLSX, JSON, or the ZIP that holds one) and says what it would
// change and what is wrong with it. Nothing changes until ApplyReturn.
//
// Faults: Invalid council.return.empty, council.return.unreadable and those of the tables.
func (r *Room) StageReturn(ctx context.Context, v identity.Visitor, data []byte) (StagedReturn, error) {
	if !v.Inside() {
		return StagedReturn{}, fault.New(fault.Denied, "council.agents_only")
	}
	said, err := readReturn(data)
	if err != nil {
		return StagedReturn{}, err
	}
	var s StagedReturn
	seen := map[string]bool{}
	for i, one := range said {
		if one.silent() {
			s.Silent++
			continue
		}
		l, err := r.compare(ctx, v, i+2, one)
		if err != nil {
			return s, err
		}
		if seen[one.Ref] {
			l.defect("ref", "council.return.twice")
		}
		seen[one.Ref] = true
		s.Lines = append(s.Lines, l)
	}
	if len(s.Lines) == 0 && s.Silent > 0 {
		return s, fault.New(fault.Invalid, "council.return.nothing_said")
	}
	if len(s.Lines) == 0 {
		return s, fault.New(fault.Invalid, "council.return.empty")
	}
	err = r.writer.Traffic(ctx, func(tx *db.Tx) error {
		s.ID = id.New(tx.Now())
		return putReturn(tx, s, v.Account)
	})
	return s, err
}

// Staged reads back a return file that the visitor staged.
func (r *Room) Staged(ctx context.Context, v identity.Visitor, staged id.ID) (StagedReturn, error) {
	return loadReturn(ctx, r.reads, staged, v.Account)
}

func (l *ReturnLine) defect(field, key string) {
	l.Defects = append(l.Defects, ReturnDefect{Field: field, Key: key})
}

// compare lays a line beside the act that it is about.
func (r *Room) compare(ctx context.Context, v identity.Visitor, row int, one Said) (ReturnLine, error) {
	l := ReturnLine{Row: row, Said: one}
	f, err := r.Formal(ctx, v, one.Ref)
	switch fault.KindOf(err) {
	case fault.NotFound, fault.Denied:
		l.defect("ref", "council.return.no_act")
		return l, nil
	}
	if err != nil {
		return l, err
	}
	l.Title, l.Before = f.Title, f.Returned
	if !f.May("return") {
		l.defect("ref", "council.return.not_sent")
	}
	if !strings.EqualFold(one.Digest, f.Digest) {
		l.Defects = append(l.Defects, ReturnDefect{Field: "digest", Key: "council.return.digest", Sent: f.Digest, Theirs: one.Digest})
	}
	return l, l.check(ctx, r.reads, f, r.Today())
}

var authorityForm = regexp.MustCompile(`^(PREF\d[0-9AB]\d|SPREF\d[0-9AB]\d\d|SGAR\d[0-9AB]\d)$`)

// check refuses dates that cannot follow each other or are still to come, and a number that another act has.
func (l *ReturnLine) check(ctx context.Context, q db.Querier, f Formal, today calendar.Day) error {
	after := l.over(f.Returned)
	for field, d := range map[string]calendar.Day{"signed_on": after.Signed, "transmitted_on": after.Transmitted, "received_on": after.Received,
		"notified_on": after.Notified, "posted_on": after.Posted} {
		if d.After(today) {
			l.defect(field, "council.return.future")
		}
	}
	l.checkOrder(f, after)
	l.checkWords(after)
	if after.Number == "" || after.Signed == "" {
		return nil
	}
	taken, err := numbered(ctx, q, f, after.Number, string(after.Signed[:4]))
	if taken {
		l.defect("number", "council.return.number_taken")
	}
	return err
}

func (l *ReturnLine) checkOrder(f Formal, after Returned) {
	order := func(field string, first, then calendar.Day) {
		if then.Before(first) {
			l.defect(field, "council.return.order")
		}
	}
	order("signed_on", f.AdoptedOn, after.Signed)
	order("transmitted_on", after.Signed, after.Transmitted)
	order("received_on", after.Transmitted, after.Received)
	order("received_on", after.Signed, after.Received)
	order("notified_on", after.Signed, after.Notified)
	order("posted_on", after.Signed, after.Posted)
}

func (l *ReturnLine) checkWords(after Returned) {
	if after.Signed == "" {
		l.defect("signed_on", "council.return.unsigned")
	}
	if after.Number == "" {
		l.defect("number", "council.return.number")
	}
	if after.Authority != "" && !authorityForm.MatchString(after.Authority) {
		l.defect("authority", "council.return.authority")
	}
	if u, err := url.Parse(after.URL); after.URL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.ContainsAny(after.URL, " \t\"<>")) {
		l.defect("url", "council.return.url")
	}
	for field, text := range map[string]string{"number": after.Number, "receipt": after.Receipt, "url": after.URL} {
		if len(text) > 500 {
			l.defect(field, "council.return.long")
		}
	}
}

// over lays what a line says over what is known: an empty cell takes nothing back.
func (l ReturnLine) over(known Returned) Returned {
	set := func(to *string, text string) {
		if text = strings.TrimSpace(text); text != "" {
			*to = text
		}
	}
	day := func(to *calendar.Day, d calendar.Day) {
		if d != "" {
			*to = d
		}
	}
	set(&known.Number, l.Number)
	set(&known.Receipt, l.Receipt)
	set(&known.Authority, l.Authority)
	set(&known.URL, l.URL)
	day(&known.Signed, l.SignedOn)
	day(&known.Transmitted, l.TransmittedOn)
	day(&known.Received, l.ReceivedOn)
	day(&known.Notified, l.NotifiedOn)
	day(&known.Posted, l.PostedOn)
	return known
}

// After is what is known of the act once the line is applied.
func (l ReturnLine) After() Returned { return l.over(l.Before) }

// ApplyReturn makes a staged return file live, in one transaction with one act for each formal act. A file
// with a defect changes nothing; the lines are compared again with the acts as they stand now.
func (r *Room) ApplyReturn(ctx context.Context, by act.Actor, v identity.Visitor, staged id.ID) (int, error) {
	s, err := loadReturn(ctx, r.reads, staged, v.Account)
	if err != nil {
		return 0, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (int, error) {
		for _, l := range s.Lines {
			if err := r.applyLine(tx, l); err != nil {
				return 0, err
			}
		}
		return len(s.Lines), dropReturn(tx, staged)
	})
}

func (r *Room) applyLine(tx *act.Tx, l ReturnLine) error {
	f, err := formalOfRef(tx.Context(), tx, l.Ref)
	if err != nil {
		return err
	}
	if !strings.EqualFold(l.Digest, f.Digest) {
		return fault.New(fault.Conflict, "council.return.digest", "sent", f.Digest, "theirs", l.Digest)
	}
	again := ReturnLine{Said: l.Said, Before: f.Returned}
	if err := again.check(tx.Context(), tx, f, tx.Today()); err != nil {
		return err
	}
	if len(again.Defects) > 0 {
		return fault.New(fault.Conflict, "council.return.defects", "ref", l.Ref, "why", i18n.Key(again.Defects[0].Key))
	}
	c, err := r.openFormal(tx, f)
	if err != nil {
		return err
	}
	if f.Status, err = next(formalStates(), f.Status, "return"); err != nil {
		return err
	}
	f.Returned = again.After()
	return c.settleFormal("formal.return", &f, act.Act{Args: map[string]string{"number": f.Number, "receipt": f.Receipt}})
}
