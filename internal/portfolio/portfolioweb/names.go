package portfolioweb

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// Label is how a post or a unit is called, in the reader's language.
type Label struct {
	Short  string // in little room: an acronym, initials
	Long   string // in full
	Person string // who holds the post, where the directory publishes it
	URL    string // its page, "" for none
}

// Choice is a thing to choose in a form.
type Choice struct{ Value, Label, Group string }

// Names finds how the things of other rooms are called. Each function answers for a language and a day;
// a nil one knows nothing, and the pages then say what the room itself knows.
type Names struct {
	Posts, Units func(ctx context.Context, ids []id.ID, lang string, day calendar.Day) (map[id.ID]Label, error)
	// The closed lists of the city: values are codes.
	Places, Matters func(ctx context.Context, lang string, day calendar.Day) ([]Choice, error)
	// What forms offer: values are ids. Elected lists posts of elected members, Agents the posts an
	// agent may have to name (heads, mission, colleagues): a list for a select, not the whole city.
	Elected, Agents, AllUnits func(ctx context.Context, lang string, day calendar.Day) ([]Choice, error)
}

// book is the names that one page needs.
type book struct {
	p               *i18n.Printer
	posts, units    map[id.ID]Label
	places, matters []Choice
}

// open reads the names for a page. What the room knows of posts and units fills what Names does not say.
func (p *Pages) open(r *http.Request, posts map[id.ID]portfolio.Post, units map[id.ID]portfolio.Unit) (*book, error) {
	v := web.From(r)
	b := &book{p: v.P, posts: map[id.ID]Label{}, units: map[id.ID]Label{}}
	for k, post := range posts {
		b.posts[k] = Label{Short: cmp.Or(post.Code, post.Title), Long: post.Title}
	}
	for k, unit := range units {
		b.units[k] = Label{Short: cmp.Or(unit.Code, unit.Name), Long: unit.Name}
	}
	if err := b.name(r, b.posts, p.Names.Posts, slices.Collect(maps.Keys(posts))); err != nil {
		return nil, err
	}
	if err := b.name(r, b.units, p.Names.Units, slices.Collect(maps.Keys(units))); err != nil {
		return nil, err
	}
	var err error
	if b.places, err = choices(r, p.Names.Places); err != nil {
		return nil, err
	}
	b.matters, err = choices(r, p.Names.Matters)
	return b, err
}

type namer = func(context.Context, []id.ID, string, calendar.Day) (map[id.ID]Label, error)

// name lays what the city calls its posts or units over what the room knows of them.
func (b *book) name(r *http.Request, into map[id.ID]Label, ask namer, ids []id.ID) error {
	if ask == nil || len(ids) == 0 {
		return nil
	}
	v := web.From(r)
	slices.Sort(ids)
	found, err := ask(r.Context(), ids, v.Lang, calendar.DayOf(v.Now))
	maps.Copy(into, found)
	return err
}

// openIDs is open for posts and units of which only the ids are known.
func (p *Pages) openIDs(r *http.Request, posts, units []id.ID) (*book, error) {
	b, err := p.open(r, nil, nil)
	if err != nil {
		return nil, err
	}
	if err := b.name(r, b.posts, p.Names.Posts, known(posts)); err != nil {
		return nil, err
	}
	return b, b.name(r, b.units, p.Names.Units, known(units))
}

// known drops empty and repeated ids.
func known(ids []id.ID) []id.ID {
	list := slices.Sorted(slices.Values(ids))
	return slices.DeleteFunc(slices.Compact(list), func(i id.ID) bool { return i == "" })
}

type lister = func(context.Context, string, calendar.Day) ([]Choice, error)

func choices(r *http.Request, list lister) ([]Choice, error) {
	if list == nil {
		return nil, nil
	}
	v := web.From(r)
	return list(r.Context(), v.Lang, calendar.DayOf(v.Now))
}

// filterChoices are what a filter offers: the units and elected posts that some initiative names, and the ones
// chosen already.
func (p *Pages) filterChoices(r *http.Request, unit, sponsor id.ID) (units, elected []Choice, err error) {
	used, err := p.Room.InUse(r.Context(), web.From(r).Visitor)
	if err != nil {
		return nil, nil, err
	}
	if units, err = choices(r, p.Names.AllUnits); err != nil {
		return nil, nil, err
	}
	elected, err = choices(r, p.Names.Elected)
	return among(units, used.Units, unit), among(elected, used.Sponsors, sponsor), err
}

func among(list []Choice, used map[id.ID]bool, chosen id.ID) []Choice {
	var out []Choice
	for _, c := range list {
		if used[id.ID(c.Value)] || c.Value == string(chosen) {
			out = append(out, c)
		}
	}
	return out
}

func (b *book) post(i id.ID) Label {
	return orUnknown(b.posts[i], b.p.T("portfolio.post.unknown"))
}

func (b *book) unit(i id.ID) Label {
	return orUnknown(b.units[i], b.p.T("portfolio.unit.unknown"))
}

func orUnknown(l Label, unknown string) Label {
	if l.Long == "" {
		return Label{Short: "?", Long: unknown}
	}
	l.Short = cmp.Or(l.Short, l.Long)
	return l
}

func (b *book) place(code string) string  { return labelOf(b.places, code) }
func (b *book) matter(code string) string { return labelOf(b.matters, code) }

// placesText says where, in words.
func (b *book) placesText(codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = b.place(c)
	}
	return b.p.List(names)
}

func labelOf(list []Choice, code string) string {
	for _, c := range list {
		if c.Value == code {
			return c.Label
		}
	}
	return code
}

// options makes the options of a select, with a first one that chooses nothing when none is not "".
func options(list []Choice, none string) []ui.Option {
	var out []ui.Option
	if none != "" {
		out = append(out, ui.Option{Label: none})
	}
	for _, c := range list {
		out = append(out, ui.Option{Value: c.Value, Label: c.Label, Group: c.Group})
	}
	return out
}

func ids(list ...id.ID) []id.ID { return list }
