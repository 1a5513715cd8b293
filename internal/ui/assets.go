package ui

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"sort"
	"strings"
)

//go:embed all:static
var static embed.FS

// Assets serves style sheets, scripts, fonts and images under an address that holds the digest of
// the whole set: it can be cached for ever, and relative links inside the files keep working.
type Assets struct {
	files  map[string][]byte
	prefix string // "/static/0123456789ab/"
}

// AssetsPath is where Assets must be mounted.
const AssetsPath = "/static/"

// NewAssets reads the embedded files, those of this package and those of the rooms (each an FS with
// css/, js/ or img/ at its root). Style sheets in css/ are joined into one, in the order of names.
func NewAssets(rooms ...fs.FS) (*Assets, error) {
	own, err := fs.Sub(static, "static")
	if err != nil {
		return nil, err
	}
	a := &Assets{files: map[string][]byte{}}
	for _, tree := range append([]fs.FS{own}, rooms...) {
		if err := a.add(tree); err != nil {
			return nil, fmt.Errorf("ui: reading assets: %w", err)
		}
	}
	a.joinStyles()
	a.prefix = AssetsPath + a.digest() + "/"
	return a, nil
}

func (a *Assets) add(tree fs.FS) error {
	return fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		if _, twice := a.files[name]; twice {
			return fmt.Errorf("%s: two files of this name", name)
		}
		a.files[name], err = fs.ReadFile(tree, name)
		return err
	})
}

// joinStyles makes parvis.css of the css/*.css files: one request, and the order of layers is sure.
func (a *Assets) joinStyles() {
	var all bytes.Buffer
	for _, name := range a.names() {
		if path.Dir(name) == "css" && path.Ext(name) == ".css" {
			all.Write(a.files[name])
			delete(a.files, name)
		}
	}
	a.files["parvis.css"] = all.Bytes()
}

func (a *Assets) names() []string {
	names := make([]string, 0, len(a.files))
	for name := range a.files {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func (a *Assets) digest() string {
	h := sha256.New()
	for _, name := range a.names() {
		fmt.Fprintf(h, "%s\x00%d\x00", name, len(a.files[name]))
		h.Write(a.files[name])
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

// URL returns the address of a file: "img/mark.svg".
func (a *Assets) URL(name string) string { return a.prefix + name }

// Has tells whether a file exists; built scripts and fonts are optional.
func (a *Assets) Has(name string) bool { _, ok := a.files[name]; return ok }

// Styles lists the style sheets of every page.
func (a *Assets) Styles() []string { return a.existing("dist/fonts.css", "parvis.css") }

// Scripts lists the modules of a page that exist: those of dist/ may not have been built.
func (a *Assets) Scripts(h Head) []string {
	names := []string{"dist/parvis.js"}
	if h.Live {
		names = append([]string{"dist/htmx.js"}, names...)
	}
	return a.existing(append(names, h.Scripts...)...)
}

func (a *Assets) existing(names ...string) []string {
	var urls []string
	for _, name := range names {
		if a.Has(name) {
			urls = append(urls, a.URL(name))
		}
	}
	return urls
}

// ServeHTTP serves a file. An address with another digest is an old page's: it gets today's file,
// not to be kept.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, AssetsPath), "/")
	body, ok := a.files[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", contentType(name))
	w.Header().Set("Cache-Control", "no-cache")
	if strings.HasPrefix(r.URL.Path, a.prefix) {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	w.Header().Set("Content-Length", fmt.Sprint(len(body)))
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

// contentType does not ask the system, whose tables differ.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}
