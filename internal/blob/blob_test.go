package blob_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
)

var (
	pdf     = []byte("%PDF-1.7\n%âãÏÓ\n1 0 obj\n")
	pngHead = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01")
	jpg     = []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00")
)

func open(t *testing.T) (*blob.Store, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "blobs")
	s, err := blob.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return s, folder
}

func archive(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func onDisk(t *testing.T, folder string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestAFileIsNamedByItsDigestAndKeptOnce(t *testing.T) {
	s, folder := open(t)
	var last blob.Blob
	for range 2 {
		b, err := s.Put(context.Background(), iotest.OneByteReader(strings.NewReader("abc")), blob.Limits{Media: []blob.Media{blob.Text}})
		if err != nil {
			t.Fatal(err)
		}
		last = b
	}
	want := blob.Blob{Digest: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Size: 3, Media: blob.Text} // FIPS 180-2, B.1
	if last != want {
		t.Errorf("got %+v, want %+v", last, want)
	}
	if got := onDisk(t, folder); len(got) != 1 {
		t.Errorf("on disk: %v", got)
	}
	f, err := s.Get(last.Digest)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if text, _ := io.ReadAll(f); string(text) != "abc" {
		t.Errorf("read %q", text)
	}
}

func TestBytesTellWhatAFileIs(t *testing.T) {
	s, folder := open(t)
	all := append(blob.Documents(), blob.CSV, blob.JSON)
	for _, c := range []struct {
		name    string
		bytes   []byte
		allowed []blob.Media
		want    blob.Media
	}{
		{"pdf", pdf, all, blob.PDF},
		{"png", pngHead, all, blob.PNG},
		{"jpeg", jpg, all, blob.JPEG},
		{"docx", archive(t, map[string]string{"[Content_Types].xml": "", "word/document.xml": ""}), all, blob.DOCX},
		{"xlsx", archive(t, map[string]string{"[Content_Types].xml": "", "xl/workbook.xml": ""}), all, blob.XLSX},
		{"odt", archive(t, map[string]string{"mimetype": string(blob.ODT)}), all, blob.ODT},
		{"csv", []byte("nom;prix\nbanc;12\n"), []blob.Media{blob.CSV}, blob.CSV},
		{"text with accents", []byte("é à ü œ €\n"), []blob.Media{blob.Text}, blob.Text},
		{"a picture where papers are asked for", pngHead, []blob.Media{blob.PDF}, ""},
		{"xlsx with macros", archive(t, map[string]string{"xl/workbook.xml": "", "xl/vbaProject.bin": ""}), all, ""},
		{"any zip", archive(t, map[string]string{"setup.exe": "MZ"}), all, ""},
		{"a zip cut short", archive(t, map[string]string{"word/document.xml": ""})[:40], all, ""},
		{"html", []byte("<!DOCTYPE html><script>alert(1)</script>"), all, ""},
		{"html after spaces", []byte("  \n<b onclick=x>"), all, ""},
		{"svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>`), all, ""},
		{"xml", []byte(`<?xml version="1.0"?><svg/>`), all, ""},
		{"program", []byte("\x7fELF\x02\x01\x01\x00"), all, ""},
		{"script", []byte("#!/bin/sh\nrm -rf\n"), all, ""},
		{"gif", []byte("GIF89a\x01\x00"), all, ""},
		{"empty", nil, all, ""},
	} {
		b, err := s.Put(context.Background(), bytes.NewReader(c.bytes), blob.Limits{Media: c.allowed})
		if b.Media != c.want || (err == nil) != (c.want != "") || err != nil && fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %q, %v, want %q", c.name, b.Media, err, c.want)
		}
	}
	for _, path := range onDisk(t, folder) {
		if strings.Contains(path, "incoming") {
			t.Errorf("%s was left behind", path)
		}
	}
}

func TestSizeIsCheckedWhileReading(t *testing.T) {
	s, folder := open(t)
	endless := iotest.DataErrReader(io.LimitReader(zeros{}, 1<<40))
	_, err := s.Put(context.Background(), endless, blob.Limits{Size: 1 << 16, Media: blob.Documents()})
	if fault.KindOf(err) != fault.TooLarge {
		t.Errorf("got %v", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := s.Put(ctx, bytes.NewReader(pdf), blob.Limits{Media: blob.Documents()}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled upload: %v", err)
	}
	cut := io.MultiReader(bytes.NewReader(pdf), iotest.ErrReader(io.ErrUnexpectedEOF))
	if _, err := s.Put(context.Background(), cut, blob.Limits{Media: blob.Documents()}); err == nil {
		t.Error("an upload cut short was kept")
	}
	if left := onDisk(t, folder); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestNothingOutsideTheFolderCanBeAskedFor(t *testing.T) {
	s, folder := open(t)
	if err := os.WriteFile(filepath.Join(folder, "..", "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, d := range []blob.Digest{"../secret", "", "..", blob.Digest(strings.Repeat("../", 21) + "a"), blob.Digest(strings.Repeat("A", 64))} {
		if _, err := s.Get(d); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q: %v", d, err)
		}
	}
}

func TestFileNamesAreMadeSafe(t *testing.T) {
	for called, want := range map[string]string{
		"Note de synthèse.pdf": "Note de synthèse.pdf", "../../etc/passwd": "etcpasswd.pdf", "a\r\nSet-Cookie: x": "aSet-Cookie x.pdf",
		"facture.pdf.exe": "facture.pdf.pdf", "": "document.pdf", "...": "document.pdf", "exe\u202efdp.pdf": "exefdp.pdf",
		`C:\x"y`: "Cxy.pdf", strings.Repeat("é", 300): strings.Repeat("é", 120) + ".pdf",
	} {
		if got := blob.PDF.FileName(called); got != want {
			t.Errorf("%q: %q, want %q", called, got, want)
		}
	}
}

// kept puts a file and cites it for an owner.
func kept(t *testing.T, s *blob.Store, d *db.DB, bytes_ []byte, owner act.Ref) blob.Blob {
	t.Helper()
	b, err := s.Put(context.Background(), bytes.NewReader(bytes_), blob.Limits{Media: blob.Documents()})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Writer.Traffic(context.Background(), func(tx *db.Tx) error { return s.Cite(tx, b, owner) }); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAFileStaysWhileSomethingCitesIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		s, folder := open(t)
		one, two := act.Ref{Type: "paper", ID: "1"}, act.Ref{Type: "paper", ID: "2"}
		b := kept(t, s, d, pdf, one)
		kept(t, s, d, pdf, two)
		if _, err := s.Put(ctx, bytes.NewReader(pngHead), blob.Limits{Media: blob.Documents()}); err != nil {
			t.Fatal(err)
		}
		later := time.Now().Add(time.Hour)
		if n, err := s.Sweep(ctx, d, time.Now().Add(-time.Hour)); n != 0 || err != nil {
			t.Errorf("swept %d young files, %v", n, err)
		}
		if n, err := s.Sweep(ctx, d, later); n != 1 || err != nil {
			t.Errorf("swept %d, %v, want the picture that nothing cites", n, err)
		}
		release := func(owner act.Ref) {
			if err := d.Writer.Traffic(ctx, func(tx *db.Tx) error { return blob.Release(tx, b.Digest, owner) }); err != nil {
				t.Fatal(err)
			}
		}
		release(one)
		if n, _ := s.Sweep(ctx, d, later); n != 0 {
			t.Error("a file that another paper cites was removed")
		}
		if of, err := blob.Of(ctx, d.Readers, two); err != nil || len(of) != 1 || of[0] != b {
			t.Errorf("files of the second paper: %v, %v", of, err)
		}
		release(two)
		if orphans, err := s.Orphans(ctx, d.Readers, later); len(orphans) != 1 || orphans[0].Digest != b.Digest || err != nil {
			t.Errorf("orphans %v, %v", orphans, err)
		}
		if n, _ := s.Sweep(ctx, d, later); n != 1 || len(onDisk(t, folder)) != 0 {
			t.Errorf("swept %d, left %v", n, onDisk(t, folder))
		}
		err := d.Writer.Traffic(ctx, func(tx *db.Tx) error { return s.Cite(tx, b, one) })
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("a file that is gone was cited: %v", err)
		}
	})
}

func TestAChangedFileIsFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, folder := open(t)
		b := kept(t, s, d, pdf, act.Ref{Type: "paper", ID: "1"})
		if bad, err := s.Missing(context.Background(), d.Readers); len(bad) != 0 || err != nil {
			t.Errorf("%v, %v", bad, err)
		}
		path := onDisk(t, folder)[0]
		if err := os.WriteFile(path, append(pdf, 'x'), 0o600); err != nil {
			t.Fatal(err)
		}
		if bad, err := s.Missing(context.Background(), d.Readers); len(bad) != 1 || bad[0] != b.Digest || err != nil {
			t.Errorf("%v, %v", bad, err)
		}
	})
}

func TestDownloadsAskEveryTimeAndExecuteNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _ := open(t)
		paper := kept(t, s, d, pdf, act.Ref{Type: "paper", ID: "1"})
		picture := kept(t, s, d, pngHead, act.Ref{Type: "paper", ID: "1"})
		serve := s.Handler(d.Readers, func(r *http.Request) (blob.Leave, error) {
			if r.Header.Get("X-Agent") == "" {
				return blob.Leave{}, fault.New(fault.NotFound, "blob.not_found")
			}
			return blob.Leave{Digest: blob.Digest(r.URL.Query().Get("d")), Name: "Délibération \"n° 1\".exe", Show: true}, nil
		})
		ask := func(digest blob.Digest, agent string) (*httptest.ResponseRecorder, error) {
			r := httptest.NewRequest(http.MethodGet, "/?d="+string(digest), nil)
			if agent != "" {
				r.Header.Set("X-Agent", agent)
			}
			w := httptest.NewRecorder()
			return w, serve(w, r)
		}
		if w, err := ask(paper.Digest, ""); fault.KindOf(err) != fault.NotFound || w.Body.Len() > 0 {
			t.Errorf("without leave: %v, %d bytes", err, w.Body.Len())
		}
		if _, err := ask("zz", "1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("an unknown file: %v", err)
		}
		w, err := ask(paper.Digest, "1")
		if err != nil || !bytes.Equal(w.Body.Bytes(), pdf) {
			t.Fatalf("%v, %q", err, w.Body)
		}
		for name, want := range map[string]string{
			"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store",
			"Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
			"Content-Disposition":     "attachment; filename*=utf-8''D%C3%A9lib%C3%A9ration%20n%C2%B0%201.pdf",
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
		if w, err := ask(picture.Digest, "1"); err != nil || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "inline") {
			t.Errorf("a picture: %v %q", err, w.Header().Get("Content-Disposition"))
		}
	})
}
