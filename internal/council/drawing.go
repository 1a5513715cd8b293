package council

// Drawing is a circuit of a committee with all its editions, or one of the governance profile that the committee follows.
type Drawing struct {
	Committee Committee
	Code      string
	Editions  []Template       // the last first; none when only the profile has it
	Profile   *CircuitTemplate // of the same code, in the governance profile in force
	Opened    int              // how many circuits were opened by it
	Running   int              // of which wait for somebody
}

// In is the edition in a state that a circuit has one of, nil when it has none.
func (d Drawing) In(status TemplateStatus) *Template {
	for n := range d.Editions {
		if d.Editions[n].Status == status {
			return &d.Editions[n]
		}
	}
	return nil
}

// Followed is what is opened today under this code; false when it is out of use.
func (d Drawing) Followed() (CircuitTemplate, bool) {
	switch t := d.In(TemplateInForce); {
	case t != nil:
		return t.CircuitTemplate, true
	case d.Profile != nil:
		return *d.Profile, true
	}
	return CircuitTemplate{}, false
}

// Latest is what a new edition starts from: the one in preparation, else what is followed, else the last one.
func (d Drawing) Latest() Template {
	if t := d.In(TemplateDrawn); t != nil {
		return *t
	}
	if t := d.In(TemplateInForce); t != nil {
		return *t
	}
	if d.Profile != nil {
		return Template{CircuitTemplate: *d.Profile}
	}
	return d.Editions[0]
}

// Name is how the circuit is called today, or was.
func (d Drawing) Name(lang string) string {
	if t, ok := d.Followed(); ok {
		return t.Name(lang)
	}
	return d.Latest().Name(lang)
}
