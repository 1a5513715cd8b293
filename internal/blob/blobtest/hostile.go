// Package blobtest has the papers with which rooms prove that they take in no other.
package blobtest

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"parvis/internal/blob"
)

// PDF is a small file that passes for a PDF, a different one for each text.
func PDF(text string) io.Reader { return strings.NewReader("%PDF-1.4\n" + text) }

// Refused lists, anew each time, papers that no room takes, by what refuses them: "field:key" for what is wrong in a
// field, else the key of the fault.
func Refused() map[string]blob.Paper {
	return map[string]blob.Paper{
		"title:blob.paper.untitled":    {Link: "https://ged.example/1", Digest: strings.Repeat("ab", 32)},
		"title:blob.paper.long_title":  {Title: strings.Repeat("é", 251), File: PDF("a")},
		"title:blob.paper.title":       {Title: "rapport\u202efdp.exe", File: PDF("a")},
		"file:blob.paper.file_or_link": {Title: "Rien"},
		"link:blob.paper.file_or_link": {Title: "Deux", File: PDF("a"), Link: "https://ged.example/1"},
		"link:blob.paper.link":         {Title: "Lien", Link: "javascript:alert(1)", Digest: strings.Repeat("ab", 32)},
		"digest:blob.paper.digest":     {Title: "Lien", Link: "https://ged.example/1", Digest: "zz"},
		"blob.empty":                   {Title: "Vide", File: strings.NewReader("")},
		"blob.too_large":               {Title: "Gros", File: endless{}},
	}
}

// Unaccepted lists, anew each time, files of types that no room takes, whatever their names pretend: each is refused with
// blob.media.
func Unaccepted() map[string]io.Reader {
	return map[string]io.Reader{
		"page.pdf":        strings.NewReader("<html><script>alert(1)</script>"),
		"dessin.svg":      strings.NewReader(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`),
		"programme.docx":  strings.NewReader("MZ\x90\x00\x03\x00\x00\x00\x04"),
		"commandes.txt":   strings.NewReader("#!/bin/sh\nrm -rf ~\n"),
		"macros.docx":     archive("word/document.xml", "word/vbaProject.bin"),
		"archive.zip":     archive("a", "b"),
		"postscript.text": strings.NewReader("%!PS\n"),
	}
}

func archive(names ...string) io.Reader {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		z.Create(name) // a buffer does not fail
	}
	z.Close()
	return &b
}

// endless is a file that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return copy(p, "%PDF-1.4 "), nil }
