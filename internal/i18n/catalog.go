package i18n

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// Messages are the texts of the foundations: their faults, units of time, words of dates.
//
//go:embed messages/*.toml
var Messages embed.FS

// The languages, as BCP 47 tags. French comes first everywhere.
const (
	French  = "fr"
	English = "en"
)

// Languages lists the languages every catalogue must have.
func Languages() []string { return []string{French, English} }

// Catalog holds the messages of all packages in all languages. It does not change once loaded.
type Catalog struct {
	printers map[string]*Printer
}

// Load merges the files fr.toml and en.toml found anywhere in each file system with those of the
// foundations. It fails on unreadable TOML, a value that is not text, a placeholder that is not
// closed and a key defined twice.
func Load(sources ...fs.FS) (*Catalog, error) {
	c := &Catalog{printers: map[string]*Printer{}}
	for _, lang := range Languages() {
		c.printers[lang] = &Printer{lang: lang, usage: usages[lang], messages: map[string]message{}}
	}
	for _, src := range append([]fs.FS{Messages}, sources...) {
		if err := c.add(src); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *Catalog) add(src fs.FS) error {
	for _, lang := range Languages() {
		texts, err := read(src, lang)
		if err != nil {
			return err
		}
		if err := c.printers[lang].add(texts); err != nil {
			return err
		}
	}
	return nil
}

func (p *Printer) add(texts map[string]string) error {
	for key, text := range texts {
		if _, twice := p.messages[key]; twice {
			return fmt.Errorf("i18n: %s: key %q defined twice", p.lang, key)
		}
		m, err := parse(typeset(p.lang, text))
		if err != nil {
			return fmt.Errorf("i18n: %s: key %q: %w", p.lang, key, err)
		}
		p.messages[key] = m
	}
	return nil
}

// Printer answers in the language of tag ("fr", "en-GB"), in French when it is none of ours.
func (c *Catalog) Printer(tag string) *Printer {
	lang, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if p, ok := c.printers[lang]; ok {
		return p
	}
	return c.printers[French]
}

// Keys lists the keys of one language in order.
func (c *Catalog) Keys(lang string) []string {
	var keys []string
	for k := range c.Printer(lang).messages {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// read collects the texts of one language from every file of that name in src.
func read(src fs.FS, lang string) (map[string]string, error) {
	texts := map[string]string{}
	err := fs.WalkDir(src, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Base(name) != lang+".toml" {
			return err
		}
		var tree map[string]any
		if _, err := toml.DecodeFS(src, name, &tree); err != nil {
			return fmt.Errorf("i18n: %s: %w", name, err)
		}
		return flatten(texts, "", tree)
	})
	return texts, err
}

func flatten(into map[string]string, prefix string, tree map[string]any) error {
	for k, v := range tree {
		key := prefix + k
		switch v := v.(type) {
		case map[string]any:
			if err := flatten(into, key+".", v); err != nil {
				return err
			}
		case string:
			if _, twice := into[key]; twice {
				return fmt.Errorf("i18n: key %q defined twice", key)
			}
			into[key] = v
		default:
			return fmt.Errorf("i18n: key %q is not a text", key)
		}
	}
	return nil
}

const (
	noBreak       = "\u00a0"
	narrowNoBreak = "\u202f"
)

var frenchSpaces = strings.NewReplacer(
	" ;", narrowNoBreak+";", " !", narrowNoBreak+"!", " ?", narrowNoBreak+"?",
	" :", noBreak+":", " »", noBreak+"»", "« ", "«"+noBreak, " €", noBreak+"€", " %", narrowNoBreak+"%",
)

// typeset keeps French punctuation on the line of the word before it (Imprimerie nationale).
func typeset(lang, text string) string {
	if lang != French {
		return text
	}
	return FrenchSpaces(text)
}

// FrenchSpaces keeps the punctuation that somebody typed after an ordinary space on the line of the word before it.
func FrenchSpaces(text string) string { return frenchSpaces.Replace(text) }
