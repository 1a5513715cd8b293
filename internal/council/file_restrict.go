package council

import (
	"slices"

	"parvis/internal/act"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// restrict takes away what is kept from the visitor.
func (f *File) restrict(v identity.Visitor, w Withheld) {
	f.Inside = v.Inside()
	for n := range f.Items {
		i := &f.Items[n]
		i.reserve(v, (f.Bureau || f.Advises) && !w.Item(i.Item))
		switch {
		case !f.Inside:
			i.outside(f.Committee.Kind)
		case w.Item(i.Item):
			i.withhold()
		}
	}
	if f.Inside {
		f.restrictMinutes(w)
		return
	}
	f.Papers = slices.DeleteFunc(f.Papers, func(p Paper) bool { return p.Visibility != act.Public })
	f.Assembly, f.Base, f.Actions, f.Told = Assembly{Rules: f.Assembly.Rules}, Base{}, nil, nil
	if f.Minutes.Status != MinutesPublished {
		f.Minutes = Minutes{}
	}
	f.Minutes.Blocks, f.Minutes.Masks = f.Minutes.Published, nil
	f.Meeting.StatusNote = ""
}

// reserve keeps what an interest is for who declared it and for the bureau and the deontologist, who must examine it; others read who
// withdrew, as the minutes say it.
func (i *ItemFile) reserve(v identity.Visitor, bureau bool) {
	var away []Interest
	for _, x := range i.Interests {
		if bureau || x.of(v) {
			i.Declared = append(i.Declared, x)
		}
		if x.Status == Recused {
			away = append(away, x.bare())
		}
	}
	i.Interests = away
}

// outside keeps what CRPA L311-2 allows: the title, and after a decision that is public, its text and its vote,
// with the names that the minutes give.
func (i *ItemFile) outside(of Kind) {
	decided := i.Decision != nil && i.Decision.Visibility == act.Public
	i.Papers = slices.DeleteFunc(i.Papers, func(p Paper) bool { return p.Visibility != act.Public })
	i.Summary, i.Debate, i.Late, i.StatusNote, i.From = "", "", "", "", nil
	i.Act = i.Act.outside()
	if decided {
		for n, b := range i.Ballots {
			named := of.Named(b.Method)
			i.Ballots[n].Voices = slices.DeleteFunc(slices.Clone(b.Voices), func(v Voice) bool { return !slices.Contains(named, v.Choice) })
		}
		return
	}
	i.Decision, i.Ballots, i.Interests, i.Question = nil, nil, nil, nil
	i.awaited()
	i.Closed = !i.OpenDoors && i.Project == nil
	if i.Arbitration != "" || i.Closed {
		i.Title = "" // the question itself is preparatory: outside, the project's title stands for it
		if i.Project != nil {
			i.Title = i.Project.Title
		}
	}
}

// withhold leaves a recused reader the title, and their own declaration.
func (i *ItemFile) withhold() {
	public := i.Decision
	if public != nil && public.Visibility != act.Public {
		public = nil
	}
	bare := Item{ID: i.ID, Version: i.Version, Meeting: i.Meeting, Rank: i.Rank, Root: i.Root, Nature: i.Nature, Title: i.Title,
		Arbitration: i.Arbitration, Status: i.Status, StatusOn: i.StatusOn, MovedFrom: i.MovedFrom, MovedTo: i.MovedTo}
	if public == nil {
		bare.awaited()
	}
	*i = ItemFile{Item: bare, Withheld: true, Declared: i.Declared, Decision: public, Act: i.Act.outside()}
}

// awaited hides how an item ended from whoever may not read its decision: the outcome is part of the score.
func (i *Item) awaited() {
	if i.Status == ItemAdopted || i.Status == ItemRejected {
		i.Status = Listed
	}
}

// restrictMinutes takes the paragraphs about withheld items out of minutes that are not public.
func (f *File) restrictMinutes(w Withheld) {
	if w.None() || f.Minutes.Status == MinutesPublished {
		return
	}
	kept := map[id.ID]bool{}
	for _, i := range f.Items {
		kept[i.ID] = i.Withheld
	}
	f.Minutes.Blocks = slices.DeleteFunc(slices.Clone(f.Minutes.Blocks), func(b Block) bool { return b.Item != "" && kept[b.Item] })
	f.Minutes.Masks = slices.DeleteFunc(slices.Clone(f.Minutes.Masks), func(m Mask) bool {
		for item, gone := range kept {
			if gone && m.Key == "item:"+string(item) {
				return true
			}
		}
		return false
	})
}

// place finds the seats of the visitor.
func (f *File) place(v identity.Visitor) {
	for _, m := range f.Assembly.Seats {
		if v.Holds(m.Post) {
			f.Mine = append(f.Mine, m)
			f.Bureau = f.Bureau || m.Role == President || m.Role == Secretary
		}
	}
	for _, post := range []id.ID{f.Meeting.President, f.Meeting.Secretary} {
		if v.Holds(post) {
			f.Bureau = true
		}
	}
}
