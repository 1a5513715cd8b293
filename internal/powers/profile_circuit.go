package powers

import (
	"fmt"
	"strings"
)

// Circuit is a way that papers go before a committee: who gives a visa or an opinion, in which order.
type Circuit struct {
	Code  string        `toml:"code"`
	Name  Words         `toml:"name"`
	Steps []CircuitStep `toml:"step"`
}

// CircuitStep is one step of a circuit. Roles are those of rules, "above:lead" (who leads the unit above)
// and the committees of the room council ("chair", "committee:CODE", "members:CODE").
type CircuitStep struct {
	Name          Words    `toml:"name"`
	Kind          string   `toml:"kind"` // visa, opinion, info
	Roles         []string `toml:"roles"`
	IfAny         bool     `toml:"if_any"` // passed over when no post bears the role
	With          bool     `toml:"with"`   // together with the step before it
	Need          int      `toml:"need"`   // how many of those asked; 0: all
	Days          int      `toml:"days"`
	Working       bool     `toml:"working"`
	Silence       string   `toml:"silence"` // none, agree, refuse, up
	Minor         bool     `toml:"minor"`   // an answer stands when a minor change is made
	NoMail        bool     `toml:"no_mail"` // never answered by the link of a letter
	Authoritative bool     `toml:"authoritative"`
	Back          int      `toml:"back"` // the step from which a refusal begins again
}

func (c checker) circuits(p *Profile) {
	seen, nth := map[string]bool{}, 0
	for i, one := range p.Circuits {
		key := fmt.Sprintf("circuit[%d]", i)
		if !isCode(one.Code) || seen[one.Code] {
			c.at(key+".code", "powers.code_invalid", "code", one.Code)
		}
		seen[one.Code] = true
		c.needs(key+".name", one.Name.FR)
		if len(one.Steps) == 0 {
			c.at(key, "powers.profile.missing")
		}
		for _, s := range one.Steps {
			c.circuitStep(fmt.Sprintf("circuit.step[%d]", nth), s)
			nth++
		}
	}
}

func (c checker) circuitStep(key string, s CircuitStep) {
	c.needs(key+".name", s.Name.FR)
	c.oneOf(key+".kind", s.Kind, "visa", "opinion", "info")
	c.oneOf(key+".silence", s.Silence, "none", "agree", "refuse", "up")
	if len(s.Roles) == 0 {
		c.at(key+".roles", "powers.profile.missing")
	}
	for _, role := range s.Roles {
		if !circuitRole(role) {
			c.at(key+".roles", "powers.profile.role_unknown", "value", role)
		}
	}
	if s.Days < 0 || s.Need < 0 || s.Back < 0 || s.Days == 0 && s.Silence != "none" {
		c.at(key+".days", "powers.profile.value_unknown", "value", fmt.Sprint(s.Days))
	}
}

// circuitRole tells whether a circuit may ask whoever bears the role.
func circuitRole(role string) bool {
	if form, arg, _ := strings.Cut(role, ":"); role == "chair" || form == "committee" || form == "members" {
		return arg == "" == (role == "chair")
	} else if form == "above" {
		return arg == "lead" || arg == "part" || arg == "unit"
	}
	r, ok := parseRole(role)
	return ok && r.form != roleAll && (r.form < roleAgent || r.form == roleSilo)
}
