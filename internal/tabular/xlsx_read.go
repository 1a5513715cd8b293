package tabular

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"parvis/internal/fault"
	"parvis/internal/i18n"
)

// This reads the parts of ISO/IEC 29500 that hold values. The library that writes XLSX for us also
// reads it, but takes a sheet cut short for a whole one and, to tell dates from numbers, loads
// sheets whose size is the sender's choice: see docs/adr on reading spreadsheets.

var (
	errNoSheet   = errors.New("no sheet")
	errPart      = errors.New("a part is missing or twice")
	errReference = errors.New("a reference to nothing")
)

// pack is an opened XLSX file.
type pack struct {
	parts   map[string]*zip.File
	limits  Limits
	strings []string
	dates   []bool // by cell format: does it show a date?
	is1904  bool   // days are counted from 1904, as the first Macintosh did
}

func readXLSX(data []byte, l Limits) (*Book, error) {
	p := &pack{limits: l}
	if err := p.open(data); err != nil {
		return nil, err
	}
	sheets, err := p.workbook()
	if err != nil {
		return nil, malformedUnlessFault(err, "workbook")
	}
	if len(sheets) > l.Sheets {
		return nil, tooLarge("tabular.too_large.sheets", l.Sheets, sheets[l.Sheets].Name)
	}
	if err := errors.Join(p.sharedStrings(), p.styles()); err != nil {
		return nil, malformedUnlessFault(err, "workbook")
	}
	book, fill := &Book{}, filler{limits: l}
	for _, ref := range sheets {
		sheet := Sheet{Name: ref.Name, Hidden: ref.State != "" && ref.State != "visible"}
		if err := p.sheet(&sheet, ref.part, &fill); err != nil {
			return nil, malformedUnlessFault(err, sheet.Name)
		}
		book.Sheets = append(book.Sheets, sheet)
	}
	return book, nil
}

func malformedUnlessFault(err error, place string) error {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f
	}
	return malformed(err, place)
}

// open lists the parts. The sizes that a zip declares are checked here; zip.Reader refuses a part
// that unpacks to more than it declares.
func (p *pack) open(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return malformed(err, "zip")
	}
	p.parts = map[string]*zip.File{}
	var total uint64
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if _, twice := p.parts[name]; twice {
			return malformed(errPart, f.Name)
		}
		p.parts[name] = f
		size := f.UncompressedSize64
		if size > 1<<20 && size/max(1, f.CompressedSize64) > uint64(p.limits.Ratio) {
			return tooLarge("tabular.too_large.ratio", int(p.limits.Ratio), f.Name)
		}
		if total += size; size > uint64(p.limits.Unpacked) || total > uint64(p.limits.Unpacked) {
			return fault.New(fault.TooLarge, "tabular.too_large.unpacked", "max", i18n.Bytes(p.limits.Unpacked))
		}
	}
	return nil
}

// tokens calls each for every token of a part, until its end: a part cut short is an error.
func (p *pack) tokens(part string, each func(xml.Token) error) error {
	f, ok := p.parts[strings.ToLower(part)]
	if !ok {
		return fmt.Errorf("%s: %w", part, errPart)
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = each(t)
		}
		if err != nil {
			return err
		}
	}
}

type sheetRef struct {
	Name, State, id, part string
}

// workbook lists the sheets in order, with the parts that hold them.
func (p *pack) workbook() ([]sheetRef, error) {
	main, err := p.related("_rels/.rels", "", "officeDocument")
	if err != nil || len(main) != 1 {
		return nil, errors.Join(err, errNoSheet)
	}
	var home string
	for _, home = range main {
	}
	var sheets []sheetRef
	err = p.tokens(home, func(t xml.Token) error {
		switch e, _ := t.(xml.StartElement); e.Name.Local {
		case "sheet":
			sheets = append(sheets, sheetRef{Name: attr(e, "name"), State: attr(e, "state"), id: attr(e, "id")})
		case "workbookPr":
			p.is1904 = truth(attr(e, "date1904"))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p.locate(sheets, home)
}

func (p *pack) locate(sheets []sheetRef, home string) ([]sheetRef, error) {
	dir, base := path.Split(home)
	parts, err := p.related(dir+"_rels/"+base+".rels", dir, "worksheet")
	if err != nil {
		return nil, err
	}
	var found []sheetRef
	for _, s := range sheets {
		if s.part = parts[s.id]; s.part != "" { // a chart sheet has no table
			found = append(found, s)
		}
	}
	if len(found) == 0 {
		return nil, errNoSheet
	}
	return found, nil
}

// related lists the targets of one type of relationship by identifier.
func (p *pack) related(part, dir, kind string) (map[string]string, error) {
	targets := map[string]string{}
	err := p.tokens(part, func(t xml.Token) error {
		e, _ := t.(xml.StartElement)
		if e.Name.Local == "Relationship" && path.Base(attr(e, "Type")) == kind {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			targets[attr(e, "Id")] = strings.TrimPrefix(target, "/")
		}
		return nil
	})
	return targets, err
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
