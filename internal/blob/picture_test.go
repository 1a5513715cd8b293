package blob_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"

	"parvis/internal/blob"
	"parvis/internal/fault"
	"parvis/internal/i18n"
)

// corners is a picture of 16 by 8 whose upper left corner is red and the rest white.
func corners() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 16, 8))
	for y := range 8 {
		for x := range 16 {
			m.Set(x, y, color.White)
			if x < 8 && y < 4 {
				m.Set(x, y, color.RGBA{255, 0, 0, 255})
			}
		}
	}
	return m
}

// photo is corners as a camera held in that way would store it, with a place in its metadata.
func photo(t *testing.T, held uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, corners(), &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	tiff := []byte("II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00")
	tiff = append(binary.LittleEndian.AppendUint16(tiff, held), 0, 0)
	segment := append([]byte("Exif\x00\x00"), append(tiff, []byte("48.8566 N 2.3522 E")...)...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(segment)+2))...)
	return append(append(out, segment...), b.Bytes()[2:]...)
}

func TestPicturesAreMadeAnewAndUpright(t *testing.T) {
	s, _ := open(t)
	// Where the red corner stands once upright (EXIF: row 0 and column 0 as stored are at …).
	for held, want := range map[uint16]string{0: "top left", 1: "top left", 2: "top right", 3: "bottom right", 4: "bottom left",
		5: "top left", 6: "top right", 7: "bottom right", 8: "bottom left", 99: "top left"} {
		raw := photo(t, held)
		p, err := s.PutPicture(context.Background(), bytes.NewReader(raw), 0)
		if err != nil {
			t.Fatal(err)
		}
		kept := bytesOf(t, s, p.Digest)
		if !bytes.Contains(raw, []byte("48.8566")) || bytes.Contains(kept, []byte("48.8566")) || bytes.Contains(kept, []byte("Exif")) {
			t.Errorf("held %d: the place is still told", held)
		}
		m, err := jpeg.Decode(bytes.NewReader(kept))
		if err != nil {
			t.Fatal(err)
		}
		if got := redCorner(m); got != want || m.Bounds().Dx() != p.Width || (held >= 5 && held <= 8) != (p.Height > p.Width) {
			t.Errorf("held %d: red at %s, %dx%d, want %s", held, got, p.Width, p.Height, want)
		}
	}
}

func bytesOf(t *testing.T, s *blob.Store, d blob.Digest) []byte {
	t.Helper()
	f, err := s.Get(d)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func redCorner(m image.Image) string {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	for name, at := range map[string]image.Point{"top left": {1, 1}, "top right": {w - 2, 1}, "bottom left": {1, h - 2}, "bottom right": {w - 2, h - 2}} {
		if _, g, _, _ := m.At(at.X, at.Y).RGBA(); g < 0x8000 {
			return name
		}
	}
	return "nowhere"
}

func TestPicturesThatAreNoneOrTooLargeAreRefused(t *testing.T) {
	s, folder := open(t)
	var good bytes.Buffer
	if err := png.Encode(&good, corners()); err != nil {
		t.Fatal(err)
	}
	huge := bytes.Clone(good.Bytes())
	binary.BigEndian.PutUint32(huge[16:], 100_000) // the width that its head claims
	binary.BigEndian.PutUint32(huge[20:], 100_000)
	for name, c := range map[string]struct {
		bytes []byte
		want  fault.Kind
	}{
		"svg": {[]byte("<svg/>"), fault.Invalid}, "pdf": {pdf, fault.Invalid}, "empty": {nil, fault.Invalid},
		"cut short": {good.Bytes()[:40], fault.Invalid}, "too many pixels": {fixed(huge), fault.TooLarge}, "too many bytes": {make([]byte, 20<<20), fault.TooLarge},
	} {
		if _, err := s.PutPicture(context.Background(), bytes.NewReader(c.bytes), 0); err == nil || fault.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left := onDisk(t, folder); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	polyglot := append(good.Bytes(), []byte("<script>alert(1)</script>")...)
	p, err := s.PutPicture(context.Background(), bytes.NewReader(polyglot), 0)
	if err != nil || strings.Contains(string(bytesOf(t, s, p.Digest)), "script") {
		t.Errorf("what was hidden behind a picture stayed: %v", err)
	}
}

// fixed makes the checksum of the head of a PNG right again.
func fixed(raw []byte) []byte {
	binary.BigEndian.PutUint32(raw[29:], crc32.ChecksumIEEE(raw[12:29]))
	return raw
}

func TestCataloguesAgree(t *testing.T) {
	for _, problem := range i18n.Check(blob.Messages) {
		t.Error(problem)
	}
}
