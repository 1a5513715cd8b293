package powers

import (
	"fmt"
	"strings"
)

// lines knows on which line of a document each key stands, because the TOML decoder forgets it.
type lines map[string]int

// locate notes the line of every key: "code", "intake.desk", "rule[2].role"; and of each table.
func locate(document []byte) lines {
	found, count, table := lines{}, map[string]int{}, ""
	for i, line := range strings.Split(string(document), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "[["):
			name := strings.Trim(line, "[] ")
			table = fmt.Sprintf("%s[%d]", name, count[name])
			count[name]++
			found[table] = i + 1
		case strings.HasPrefix(line, "["):
			table = strings.Trim(line, "[] ")
			found[table] = i + 1
		default:
			found.note(table, line, i+1)
		}
	}
	return found
}

func (l lines) note(table, line string, number int) {
	key, _, isPair := strings.Cut(line, "=")
	if !isPair || strings.HasPrefix(line, "#") {
		return
	}
	key = strings.TrimSpace(key)
	if table != "" {
		key = table + "." + key
	}
	l[key] = number
	// The decoder names an unknown key of a list without its index: keep the last of each.
	if name, rest, ok := strings.Cut(key, "["); ok {
		if _, leaf, ok := strings.Cut(rest, "]."); ok {
			l[name+"."+leaf] = number
		}
	}
	for name := key; ; { // name.fr = … also answers for name
		i := strings.LastIndex(name, ".")
		if i < 0 {
			return
		}
		if name = name[:i]; l[name] == 0 {
			l[name] = number
		}
	}
}

// of is the line of a key, or of the table that should hold it; 1 when neither is there.
func (l lines) of(key string) int {
	for {
		if n := l[key]; n > 0 {
			return n
		}
		i := strings.LastIndex(key, ".")
		if i < 0 {
			return 1
		}
		key = key[:i]
	}
}
