package tabular_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"parvis/internal/fault"
	"parvis/internal/tabular"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func read(t *testing.T, data string) *tabular.Book {
	t.Helper()
	b, err := tabular.Read(strings.NewReader(data), tabular.Usual())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func texts(s tabular.Sheet) map[string]string {
	all := map[string]string{}
	for _, r := range s.Rows {
		for i, c := range r.Cells {
			if c.Text != "" {
				all[s.At(r.Number, i)] = c.Text
			}
		}
	}
	return all
}

func TestCSVAsFrenchSpreadsheetsWriteIt(t *testing.T) {
	want := map[string]string{"A1": "Unité", "B1": "Titre, long", "A2": "DVD", "B2": "a\nb \"c\"", "A4": "été", "B4": "1,5"}
	for name, data := range map[string]string{
		"utf-8 comma":  "Unité,\"Titre, long\"\nDVD,\"a\nb \"\"c\"\"\"\n\nété,\"1,5\"\n",
		"bom and ;":    "\ufeffUnité;Titre, long\r\nDVD;\"a\r\nb \"\"c\"\"\"\r\n\r\nété;1,5\r\n",
		"tab paste":    "Unité\tTitre, long\nDVD\t\"a\nb \"\"c\"\"\"\n\nété\t1,5",
		"windows-1252": "Unit\xe9;Titre, long\r\nDVD;\"a\nb \"\"c\"\"\"\r\n\r\n\xe9t\xe9;1,5",
		"utf-16": "\xff\xfeU\x00n\x00i\x00t\x00\xe9\x00\t\x00T\x00i\x00t\x00r\x00e\x00,\x00 \x00l\x00o\x00n\x00g\x00\n\x00" +
			"D\x00V\x00D\x00\t\x00\"\x00a\x00\n\x00b\x00 \x00\"\x00\"\x00c\x00\"\x00\"\x00\"\x00\n\x00\n\x00\xe9\x00t\x00\xe9\x00\t\x001\x00,\x005\x00",
	} {
		if diff := cmp.Diff(want, texts(read(t, data).Sheets[0])); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	got := texts(read(t, "sep=;\r\na;b\r\n").Sheets[0])
	if diff := cmp.Diff(map[string]string{"A2": "a", "B2": "b"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestCSVRowNumbersAreThoseOfTheSpreadsheet(t *testing.T) {
	got := texts(read(t, "\n\na;b\n\"x\ny\";1\n;;\n\nlast;2\n").Sheets[0])
	want := map[string]string{"A3": "a", "B3": "b", "A4": "x\ny", "B4": "1", "A7": "last", "B7": "2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func kindOfRead(data string, l tabular.Limits) (fault.Kind, string, string) {
	_, err := tabular.Read(strings.NewReader(data), l)
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return 0, fmt.Sprint(err), ""
	}
	place := ""
	if len(f.Fields) > 0 {
		place = f.Fields[0].Name
	}
	return f.Kind, f.Key, place
}

func TestLimitsNameThePlace(t *testing.T) {
	small := tabular.Limits{File: 1 << 20, Unpacked: 4 << 20, Ratio: 200, Sheets: 2, Rows: 3, Columns: 2, Cell: 5, Cells: 4}
	for data, want := range map[string][2]string{
		"a;b;c":                  {"tabular.too_large.columns", "C1"},
		"a;b\n1;2\n3;4\n":        {"tabular.too_large.cells", "A3"},
		"a\n;b\n;b":              {"tabular.too_large.cells", "B3"},
		"a\n\n\nb":               {"tabular.too_large.rows", "A4"},
		"a;toolong":              {"tabular.too_large.cell", "B1"},
		strings.Repeat("a", 2e6): {"tabular.too_large.file", ""},
	} {
		kind, key, place := kindOfRead(data, small)
		if kind != fault.TooLarge || key != want[0] || place != want[1] {
			t.Errorf("%.20q: %v %s at %q, want %v", data, kind, key, place, want)
		}
	}
	for cell, want := range map[string][2]string{
		"C1": {"tabular.too_large.columns", "Feuille!C1"}, "A9": {"tabular.too_large.rows", "Feuille!A9"},
		"XFD1048576": {"tabular.too_large.rows", "Feuille!XFD1048576"},
	} {
		f := excelize.NewFile()
		check(t, f.SetSheetName("Sheet1", "Feuille"))
		check(t, f.SetCellValue("Feuille", cell, "x"))
		if kind, key, place := kindOfRead(saved(t, f), small); kind != fault.TooLarge || key != want[0] || place != want[1] {
			t.Errorf("%s: %v %s at %q, want %v", cell, kind, key, place, want)
		}
	}
	f := excelize.NewFile()
	f.NewSheet("B")
	f.NewSheet("C")
	if _, key, place := kindOfRead(saved(t, f), small); key != "tabular.too_large.sheets" || place != "C" {
		t.Errorf("%s at %s", key, place)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func saved(t *testing.T, f *excelize.File) string {
	t.Helper()
	var b bytes.Buffer
	check(t, f.Write(&b))
	return b.String()
}

func TestXLSXKindsOfCells(t *testing.T) {
	f := excelize.NewFile()
	check(t, f.SetSheetName("Sheet1", "Délégations"))
	day := time.Date(2014, 4, 5, 0, 0, 0, 0, time.UTC)
	for cell, v := range map[string]any{"A1": " Entité ", "B1": 0.1 + 0.2, "C1": true, "D1": day, "E1": day.Add(14 * time.Hour),
		"F1": 1e15, "A7": "=1+1", "B7": "0012", "C7": -5, "D7": "multi\nligne"} {
		check(t, f.SetCellValue("Délégations", cell, v))
	}
	custom, hours := `[$-40C]d\ mmmm\ yyyy;@`, `[h]:mm`
	for cell, format := range map[string]*string{"G1": &custom, "H1": &hours} {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: format})
		check(t, err)
		check(t, f.SetCellValue("Délégations", cell, 41734.0))
		check(t, f.SetCellStyle("Délégations", cell, cell, style))
	}
	check(t, f.SetCellRichText("Délégations", "I1", []excelize.RichTextRun{{Text: "gr"}, {Text: "as", Font: &excelize.Font{Bold: true}}}))
	check(t, f.SetCellFormula("Délégations", "J1", "B1*2"))
	book := read(t, saved(t, f))
	s := book.Sheet("délégations")
	want := tabular.Sheet{Name: "Délégations", Rows: []tabular.Row{
		{Number: 1, Cells: []tabular.Cell{{tabular.Text, "Entité"}, {tabular.Number, "0.3"}, {tabular.Bool, "true"},
			{tabular.Date, "2014-04-05"}, {tabular.Date, "2014-04-05 14:00"}, {tabular.Number, "1000000000000000"},
			{tabular.Date, "2014-04-05"}, {tabular.Number, "41734"}, {tabular.Text, "gras"}}},
		{Number: 7, Cells: []tabular.Cell{{tabular.Text, "=1+1"}, {tabular.Text, "0012"}, {tabular.Number, "-5"}, {tabular.Text, "multi\nligne"}}},
	}}
	if diff := cmp.Diff(want, *s); diff != "" {
		t.Error(diff)
	}
	if got := s.At(7, 2); got != "Délégations!C7" {
		t.Error(got)
	}
}

// repack rewrites the parts of an XLSX file.
func repack(t *testing.T, data string, edit func(name, text string) string) string {
	t.Helper()
	r, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	check(t, err)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range r.File {
		in, err := f.Open()
		check(t, err)
		text, err := io.ReadAll(in)
		check(t, err)
		out, err := w.Create(f.Name)
		check(t, err)
		_, err = io.WriteString(out, edit(f.Name, string(text)))
		check(t, err)
	}
	check(t, w.Close())
	return b.String()
}

func sample(t *testing.T) string {
	f := excelize.NewFile()
	for i := range 50 {
		check(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &[]any{"texte", i, true}))
	}
	return saved(t, f)
}

func TestADamagedXLSXIsRefusedWhole(t *testing.T) {
	good := sample(t)
	if n := len(read(t, good).Sheets[0].Rows); n != 50 {
		t.Fatalf("control: %d rows", n)
	}
	sheet := func(edit func(string) string) string {
		return repack(t, good, func(name, text string) string {
			if strings.HasSuffix(name, "sheet1.xml") {
				return edit(text)
			}
			return text
		})
	}
	for name, data := range map[string]string{
		"file cut":           good[:len(good)/2],
		"sheet cut":          sheet(func(s string) string { return s[:len(s)/2] }),
		"row numbers":        sheet(func(s string) string { return strings.Replace(s, `<row r="9"`, `<row r="3"`, 1) }),
		"no such text":       sheet(func(s string) string { return strings.Replace(s, `t="s"><v>0<`, `t="s"><v>99<`, 1) }),
		"not a number":       sheet(func(s string) string { return strings.Replace(s, `><v>7<`, `><v>sept<`, 1) }),
		"columns backwards":  sheet(func(s string) string { return strings.Replace(s, `r="B4"`, `r="A4"`, 1) }),
		"sheet not xml":      sheet(func(string) string { return "\x00\x01" }),
		"no workbook":        repack(t, good, func(n, s string) string { return strings.ReplaceAll(s, "officeDocument\"", "other\"") }),
		"binary":             "a;b\x00;c",
		"quotes":             "a;\"b\nc;d",
		"empty zip":          "PK\x05\x06" + strings.Repeat("\x00", 18),
		"old or encrypted":   "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
		"a text named .xlsx": "PK\x03\x04 no",
	} {
		kind, key, _ := kindOfRead(data, tabular.Usual())
		if kind != fault.Invalid || key != "tabular.malformed" && key != "tabular.old_format" {
			t.Errorf("%s: %v %s", name, kind, key)
		}
	}
}

func TestZipBombs(t *testing.T) {
	bomb := repack(t, sample(t), func(name, text string) string {
		if strings.HasSuffix(name, "sheet1.xml") {
			return text + strings.Repeat(" ", 50<<20)
		}
		return text
	})
	if kind, key, place := kindOfRead(bomb, tabular.Usual()); kind != fault.TooLarge || key != "tabular.too_large.ratio" || place == "" {
		t.Errorf("ratio: %v %s %s", kind, key, place)
	}
	l := tabular.Usual()
	l.Ratio = 1e9
	l.Unpacked = 10 << 20
	if kind, key, _ := kindOfRead(bomb, l); kind != fault.TooLarge || key != "tabular.too_large.unpacked" {
		t.Errorf("size: %v %s", kind, key)
	}
}

// A zip can lie about the size of what it holds; the reader must stop at what was declared.
func TestAZipThatLiesAboutItsSize(t *testing.T) {
	good := []byte(sample(t))
	r, err := zip.NewReader(bytes.NewReader(good), int64(len(good)))
	check(t, err)
	lied := 0
	for _, f := range r.File {
		if !strings.HasSuffix(f.Name, "sheet1.xml") {
			continue
		}
		at := bytes.LastIndex(good, []byte(f.Name)) - 46 // its central directory header
		copy(good[at+24:at+28], []byte{100, 0, 0, 0})
		lied++
	}
	if lied != 1 {
		t.Fatal("no sheet")
	}
	if kind, key, _ := kindOfRead(string(good), tabular.Usual()); kind != fault.Invalid || key != "tabular.malformed" {
		t.Errorf("%v %s", kind, key)
	}
}

func FuzzRead(f *testing.F) {
	file := excelize.NewFile()
	file.SetSheetRow("Sheet1", "A1", &[]any{"a", 1, true, time.Now()})
	var b bytes.Buffer
	file.Write(&b)
	for _, s := range []string{b.String(), "a;b\n1;2", "\xff\xfea\x00", "sep=;\n", "\"", "'=1"} {
		f.Add([]byte(s))
	}
	l := tabular.Limits{File: 1 << 20, Unpacked: 4 << 20, Ratio: 200, Sheets: 5, Rows: 100, Columns: 50, Cell: 1000, Cells: 1000}
	f.Fuzz(func(t *testing.T, data []byte) {
		book, err := tabular.Read(bytes.NewReader(data), l)
		if k := fault.KindOf(err); err != nil && k != fault.Invalid && k != fault.TooLarge {
			t.Fatal(err)
		}
		if err == nil && len(book.Sheets) == 0 {
			t.Fatal("a book without sheet")
		}
	})
}

// FuzzSheet reaches the XML below the zip.
func FuzzSheet(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c><c r="C1" s="1"><v>41734</v></c></row>`)
	f.Add(`<row><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row><row r="5"><c t="d"><v>2014-04-05T00:00:00</v></c></row>`)
	f.Add(`<row r="1"><c r="A1" t="s"><v>-1</v></c><c><v>NaN</v></c><c s="1"><v>1e300</v></c></row>`)
	f.Fuzz(func(t *testing.T, rows string) {
		_, err := tabular.Read(bytes.NewReader(minimal(rows)), tabular.Usual())
		if k := fault.KindOf(err); err != nil && k != fault.Invalid && k != fault.TooLarge {
			t.Fatal(err)
		}
	})
}

func minimal(rows string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	const rel = `<Relationships><Relationship Id="r1" Type="x/%s" Target="%s"/></Relationships>`
	for name, text := range map[string]string{
		"_rels/.rels":                fmt.Sprintf(rel, "officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml":            `<workbook><sheets><sheet name="S" id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": fmt.Sprintf(rel, "worksheet", "s.xml"),
		"xl/styles.xml":              `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
		"xl/s.xml":                   "<worksheet><sheetData>" + rows + "</sheetData></worksheet>",
	} {
		out, _ := w.Create(name)
		io.WriteString(out, text)
	}
	w.Close()
	return b.Bytes()
}
