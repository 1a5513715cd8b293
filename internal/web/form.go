package web

import (
	"errors"
	"mime"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/money"
)

const (
	maxFields = 2000     // values in one form
	maxValue  = 64 << 10 // bytes of one value, unless the tag says max=
	inMemory  = 8 << 20  // of an upload; the rest goes to temporary files
)

// Decode reads a submitted form, or the query of a GET, into the struct that dst points to. Fields
// are named by their tag: `form:"title,required,max=200"`; max counts characters. Known types are
// text, bool, whole numbers, id.ID, calendar.Day, calendar.Fuzzy, money.Amount, other named texts,
// and slices of texts. Texts lose the spaces around them. What has no field is ignored. The words of a searched
// field (ui.Pick) become the id of what they find, in the body too.
//
// The error is a fault of kind Invalid with one field for each defect; what could be read has been.
func Decode(r *http.Request, dst any) error {
	values, err := submitted(r)
	if err != nil {
		return err
	}
	bad := fault.New(fault.Invalid, "fault.invalid")
	open, err := pick(r, values, bad)
	if err != nil {
		return err
	}
	target := reflect.ValueOf(dst).Elem()
	for i := range target.NumField() {
		tag := parseTag(target.Type().Field(i).Tag.Get("form"))
		if tag.name != "" && !open[tag.name] {
			decodeField(bad, target.Field(i), tag, values)
		}
	}
	return bad.OrNil()
}

// submitted returns the values of the body, or of the query when there is none.
func submitted(r *http.Request) (map[string][]string, error) {
	if !unsafe(r.Method) {
		return r.URL.Query(), nil
	}
	err := Parse(r)
	return r.PostForm, err
}

// Parse reads the body of a form once, within its limits, a file that comes with it too.
func Parse(r *http.Request) error {
	err := r.ParseForm()
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "multipart/form-data" && r.MultipartForm == nil {
		err = r.ParseMultipartForm(inMemory)
	}
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return fault.Wrap(err, fault.TooLarge, "web.form.too_large", "limit", tooLarge.Limit>>10)
	}
	if errors.Is(err, multipart.ErrMessageTooLarge) {
		return fault.Wrap(err, fault.TooLarge, "fault.too_large")
	}
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "web.form.unreadable")
	}
	n := 0
	for _, list := range r.PostForm {
		n += len(list)
	}
	if n > maxFields {
		return fault.New(fault.TooLarge, "fault.too_large")
	}
	return nil
}

type tag struct {
	name     string
	required bool
	max      int // characters; 0 for the general limit
}

func parseTag(s string) tag {
	parts := strings.Split(s, ",")
	t := tag{name: parts[0]}
	for _, p := range parts[1:] {
		if n, ok := strings.CutPrefix(p, "max="); ok {
			t.max, _ = strconv.Atoi(n)
		}
		t.required = t.required || p == "required"
	}
	return t
}

func decodeField(bad *fault.Error, target reflect.Value, t tag, values map[string][]string) {
	var list []string
	for _, raw := range values[t.name] {
		text, key := clean(raw, t.max)
		if key != "" {
			bad.At(t.name, key, "max", t.max)
			return
		}
		list = append(list, text)
	}
	if t.required && (len(list) == 0 || list[0] == "") {
		bad.At(t.name, "web.form.required")
		return
	}
	if target.Kind() == reflect.Slice {
		setSlice(target, list)
		return
	}
	if len(list) > 0 {
		if err := set(target, list[0]); err != nil {
			f := asFault(err)
			bad.At(t.name, f.Key, f.Args...)
		}
	}
}

// clean makes a typed text storable, or says by a message key why it cannot be.
func clean(raw string, limit int) (text, key string) {
	if !utf8.ValidString(raw) || strings.ContainsRune(raw, 0) {
		return "", "web.form.encoding"
	}
	text = strings.TrimSpace(strings.ReplaceAll(raw, "\r\n", "\n"))
	if limit > 0 && utf8.RuneCountInString(text) > limit {
		return "", "web.form.too_long"
	}
	if limit == 0 && len(text) > maxValue {
		return "", "web.form.huge"
	}
	return text, ""
}

func setSlice(target reflect.Value, list []string) {
	out := reflect.MakeSlice(target.Type(), 0, len(list))
	for _, s := range list {
		if s != "" {
			out = reflect.Append(out, reflect.ValueOf(s).Convert(target.Type().Elem()))
		}
	}
	target.Set(out)
}

// set puts one text into one field. An empty text leaves the zero value.
func set(target reflect.Value, text string) error {
	if text == "" {
		return nil
	}
	switch p := target.Addr().Interface().(type) {
	case *calendar.Day:
		return assign(p, text, calendar.ParseDay)
	case *calendar.Fuzzy:
		return assign(p, text, calendar.ParseFuzzy)
	case *money.Amount:
		return assign(p, text, money.Parse)
	}
	switch target.Kind() {
	case reflect.String:
		target.SetString(text)
	case reflect.Bool:
		target.SetBool(text == "true" || text == "on" || text == "1")
	case reflect.Int, reflect.Int64, reflect.Int32:
		return setInt(target, text)
	default:
		return errors.New("web: a form field of type " + target.Type().String() + " cannot be decoded")
	}
	return nil
}

func assign[T any](target *T, text string, parse func(string) (T, error)) error {
	value, err := parse(text)
	if err == nil {
		*target = value
	}
	return err
}

// setInt reads a whole number as people write it, with any of the usual spaces between groups.
func setInt(target reflect.Value, text string) error {
	text = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(text)
	n, err := strconv.ParseInt(text, 10, target.Type().Bits())
	if err != nil {
		return fault.New(fault.Invalid, "web.form.number")
	}
	target.SetInt(n)
	return nil
}

// Upload is a file sent with a form.
type Upload struct {
	Name string // as the sender called it: show it, never use it as a path
	Size int64
	File multipart.File
}

// File returns the file of a field, nil when none was chosen. limit is in bytes. Close it.
func File(r *http.Request, name string, limit int64) (*Upload, error) {
	if err := Parse(r); err != nil {
		return nil, err
	}
	file, header, err := r.FormFile(name)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "web.form.unreadable")
	}
	if header.Size > limit {
		file.Close()
		return nil, fault.New(fault.Invalid, "fault.invalid").At(name, "web.form.file_too_large", "limit", limit>>20)
	}
	return &Upload{Name: header.Filename, Size: header.Size, File: file}, nil
}

// Paper adds the file that came with a form, in its field "file", to what the form says of a paper; the name of the file
// is the title when none was typed. done closes the file.
func Paper(r *http.Request, p blob.Paper) (_ blob.Paper, done func() error, err error) {
	file, err := File(r, "file", blob.MaxPaper)
	if err != nil || file == nil {
		return p, func() error { return nil }, err
	}
	p.File = file.File
	if strings.TrimSpace(p.Title) == "" {
		p.Title = strings.TrimSuffix(file.Name, filepath.Ext(file.Name))
	}
	return p, file.File.Close, nil
}

// PathID reads an id from the path.
func PathID(r *http.Request, name string) id.ID { return id.ID(r.PathValue(name)) }
