package i18n

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// Check reports what is wrong with the catalogues of a package, in order: files that do not load, a
// key that one language lacks, placeholders that differ between languages, plural forms that are
// missing or that the language never uses, empty texts. The test of every room expects none.
func Check(sources ...fs.FS) []string {
	entries := map[string]map[string]entry{}
	var found []string
	for _, lang := range Languages() {
		texts := map[string]string{}
		for _, src := range sources {
			read, err := read(src, lang)
			if err != nil {
				found = append(found, err.Error())
			}
			maps.Copy(texts, read)
		}
		var problems []string
		entries[lang], problems = collect(lang, texts)
		found = append(found, problems...)
	}
	found = append(found, compare(entries[French], entries[English])...)
	slices.Sort(found)
	return found
}

// entry is what the languages must agree on about one key.
type entry struct {
	plural bool
	names  map[string]bool
}

// collect gathers the plural forms of each key and checks what concerns one language alone.
func collect(lang string, texts map[string]string) (map[string]entry, []string) {
	entries := map[string]entry{}
	var found []string
	for key, text := range texts {
		base, form := pluralOf(key, texts)
		if form != "" && !uses(lang, form) {
			found = append(found, fmt.Sprintf("%s: %s: this language has no plural form %q", lang, base, form))
		}
		if _, both := texts[base]; form != "" && both {
			found = append(found, fmt.Sprintf("%s: %s: both a message and a plural", lang, base))
		}
		if _, ok := texts[base+"."+other]; form == one && !ok {
			found = append(found, fmt.Sprintf("%s: %s: no plural form %q", lang, base, other))
		}
		if strings.TrimSpace(text) == "" {
			found = append(found, fmt.Sprintf("%s: %s: empty", lang, key))
		}
		m, err := parse(text)
		if err != nil {
			found = append(found, fmt.Sprintf("%s: %s: %v", lang, key, err))
		}
		e, ok := entries[base]
		if !ok {
			e = entry{names: map[string]bool{}}
		}
		e.plural = e.plural || form != ""
		for _, name := range m.names {
			if form == "" || name != "n" { // "une part" need not say {n}
				e.names[name] = true
			}
		}
		entries[base] = e
	}
	return entries, found
}

// pluralOf splits key.one, key.few… from its base; a key that merely ends in "other" is no plural.
func pluralOf(key string, texts map[string]string) (base, form string) {
	dot := strings.LastIndexByte(key, '.')
	if dot < 0 {
		return key, ""
	}
	base, form = key[:dot], key[dot+1:]
	_, hasOne := texts[base+"."+one]
	if hasOne && slices.Contains([]string{"zero", one, "two", "few", many, other}, form) {
		return base, form
	}
	return key, ""
}

func uses(lang, form string) bool {
	return form == one || form == other || form == many && lang == French
}

func compare(fr, en map[string]entry) []string {
	var found []string
	for key, f := range fr {
		e, ok := en[key]
		switch {
		case !ok:
			found = append(found, fmt.Sprintf("en: %s: missing", key))
		case f.plural != e.plural:
			found = append(found, fmt.Sprintf("%s: plural in one language only", key))
		case !maps.Equal(f.names, e.names):
			found = append(found, fmt.Sprintf("%s: placeholders differ: fr %s, en %s", key, list(f.names), list(e.names)))
		}
	}
	for key := range en {
		if _, ok := fr[key]; !ok {
			found = append(found, fmt.Sprintf("fr: %s: missing", key))
		}
	}
	return found
}

func list(names map[string]bool) string {
	return "{" + strings.Join(slices.Sorted(maps.Keys(names)), ", ") + "}"
}
