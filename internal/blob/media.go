package blob

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"parvis/internal/fault"
)

// Media is a type of the closed table: what Parvis accepts to keep.
type Media string

// The closed table.
const (
	PDF     Media = "application/pdf"
	PNG     Media = "image/png"
	JPEG    Media = "image/jpeg"
	WebP    Media = "image/webp"
	DOCX    Media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	XLSX    Media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	PPTX    Media = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	ODT     Media = "application/vnd.oasis.opendocument.text"
	ODS     Media = "application/vnd.oasis.opendocument.spreadsheet"
	ODP     Media = "application/vnd.oasis.opendocument.presentation"
	Text    Media = "text/plain"
	CSV     Media = "text/csv"
	JSON    Media = "application/json"
	GeoJSON Media = "application/geo+json"
)

// Documents are the types of papers; Pictures those of pictures; Tables those of imports.
func Documents() []Media { return []Media{PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, PNG, JPEG, WebP, Text} }

// Pictures are the types that a browser may show in place.
func Pictures() []Media { return []Media{PNG, JPEG, WebP} }

// Extension is the usual ending of a file of this type, with its dot.
func (m Media) Extension() string { return extensions[m] }

// Plain tells whether a file of that type is smaller once compressed: the other types are compressed already.
func (m Media) Plain() bool { return slices.Contains(textual, m) }

var extensions = map[Media]string{PDF: ".pdf", PNG: ".png", JPEG: ".jpg", WebP: ".webp", DOCX: ".docx", XLSX: ".xlsx",
	PPTX: ".pptx", ODT: ".odt", ODS: ".ods", ODP: ".odp", Text: ".txt", CSV: ".csv", JSON: ".json", GeoJSON: ".geojson"}

// textual are the types that are all text: bytes cannot tell them apart, so the caller does, by
// allowing one of them.
var textual = []Media{CSV, GeoJSON, JSON, Text}

// sniff tells what a file is from its bytes. ReaderAt serves the directory at the end of a zip.
func sniff(head []byte, r io.ReaderAt, size int64, allowed []Media) (Media, error) {
	found := recognise(head, r, size, allowed)
	if found == "" || !slices.Contains(allowed, found) {
		return "", fault.New(fault.Invalid, "blob.media", "allowed", listed(allowed))
	}
	return found, nil
}

func recognise(head []byte, r io.ReaderAt, size int64, allowed []Media) Media {
	kind, _, _ := strings.Cut(http.DetectContentType(head), ";")
	switch kind {
	case "application/pdf", "image/png", "image/jpeg", "image/webp":
		return Media(kind)
	case "application/zip":
		return office(r, size)
	case "text/plain":
		if plain(head) {
			return firstOf(textual, allowed)
		}
	}
	return ""
}

// plain refuses text that a browser or a viewer might run: markup at its beginning.
func plain(head []byte) bool {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	return !bytes.HasPrefix(text, []byte("<")) && !bytes.HasPrefix(text, []byte("%!")) && !bytes.HasPrefix(text, []byte("#!")) &&
		!bytes.ContainsRune(head, 0)
}

func firstOf(candidates, allowed []Media) Media {
	for _, m := range candidates {
		if slices.Contains(allowed, m) {
			return m
		}
	}
	return ""
}

// office tells which office document a zip archive is; "" for any other archive, and for one that
// carries macros.
func office(r io.ReaderAt, size int64) Media {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return ""
	}
	found := Media("")
	for _, f := range z.File {
		switch {
		case strings.HasSuffix(f.Name, "vbaProject.bin") || strings.HasPrefix(f.Name, "Basic/"):
			return ""
		case f.Name == "word/document.xml":
			found = DOCX
		case f.Name == "xl/workbook.xml":
			found = XLSX
		case f.Name == "ppt/presentation.xml":
			found = PPTX
		case f.Name == "mimetype":
			found = openDocument(f)
		}
	}
	return found
}

func openDocument(f *zip.File) Media {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	text, _ := io.ReadAll(io.LimitReader(r, 100))
	if m := Media(bytes.TrimSpace(text)); slices.Contains([]Media{ODT, ODS, ODP}, m) {
		return m
	}
	return ""
}

func listed(media []Media) string {
	var names []string
	for _, m := range media {
		names = append(names, strings.ToUpper(strings.TrimPrefix(m.Extension(), ".")))
	}
	return strings.Join(names, ", ")
}

// FileName makes of what a person called a file something safe to propose for saving: one line, no
// separators, no dots at the ends, at most 120 characters, with the ending of its type.
func (m Media) FileName(called string) string {
	called = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError || strings.ContainsRune(`/\:*?"<>|`, r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, called)
	if i := strings.LastIndexByte(called, '.'); i >= 0 && len(called)-i <= 6 {
		called = called[:i]
	}
	called = strings.Trim(called, " .")
	if runes := []rune(called); len(runes) > 120 {
		called = string(runes[:120])
	}
	if called == "" {
		called = "document"
	}
	return called + m.Extension()
}
