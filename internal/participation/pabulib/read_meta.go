package pabulib

import "strings"

// maxMeta bounds the fields of META; the format knows about fifty.
const maxMeta = 1000

// readMeta reads META up to the line that opens PROJECTS.
func (r *Reader) readMeta() error {
	if err := r.expect("META"); err != nil {
		return err
	}
	if _, err := r.columns("key", "value"); err != nil {
		return err
	}
	for {
		fields, err := r.scan.record()
		if err != nil {
			return err
		}
		if section(fields, "PROJECTS") {
			return r.checkMeta()
		}
		if section(fields, "VOTES") {
			return r.report.stop(r.scan.line, "file.section", "a", "PROJECTS", "b", "VOTES")
		}
		if len(r.Header.Meta) == maxMeta {
			return r.report.stop(r.scan.line, "meta.too_many", "a", maxMeta)
		}
		r.metaField(fields)
	}
}

func (r *Reader) metaField(fields []string) {
	key, line := strings.TrimSpace(fields[0]), r.scan.line
	value := strings.Join(fields[1:], ";")
	if len(fields) == 1 {
		r.report.add(line, "meta.no_value", "empty", "a", clip(key))
	}
	if len(fields) > 2 {
		value = r.joinValue(key, fields[1:])
	}
	if r.Header.Get(key) != "" {
		r.report.add(line, "meta.duplicate", "", "a", clip(key))
		return
	}
	r.Header.Meta = append(r.Header.Meta, Field{Key: key, Value: value, Line: line})
	r.metaValue(&r.Header.Meta[len(r.Header.Meta)-1])
}

// joinValue repairs a value that holds semicolons without quotes, or empty columns after it.
func (r *Reader) joinValue(key string, parts []string) string {
	value := strings.Join(parts, ";")
	if trimmed := strings.TrimRight(value, ";"); !strings.Contains(trimmed, ";") {
		value = trimmed
	}
	r.report.add(r.scan.line, "meta.columns", "joined", "a", clip(key))
	return value
}

// metaValue checks one value and repairs what is written otherwise without a doubt.
func (r *Reader) metaValue(f *Field) {
	sh, known := metaShape(f.Key)
	if !known || f.Value == "" && !required(f.Key) {
		return
	}
	cause := sh.fault(f.Value)
	if cause == "" {
		return
	}
	v := strings.TrimSpace(f.Value)
	if sh == whole {
		v = strings.TrimSuffix(v, ".0")
	}
	switch {
	case v != f.Value && sh.fault(v) == "":
		r.report.add(f.Line, "value."+cause, "read_as", "a", f.Key, "b", clip(f.Value), "r", v)
		f.Value = v
	case harmless(sh) || !required(f.Key) && sh == text:
		r.report.add(f.Line, "value."+cause, "kept", "a", f.Key, "b", clip(f.Value))
	default:
		r.report.add(f.Line, "value."+cause, "", "a", f.Key, "b", clip(f.Value))
	}
}

// harmless tells the shapes that no count depends on.
func harmless(sh shape) bool {
	switch sh {
	case day, flag, language, currency, comment, rule, latitude, longitude, age, sex, method, selected:
		return true
	}
	return false
}

func required(key string) bool {
	for _, k := range metaRequired() {
		if k == key {
			return true
		}
	}
	return false
}
