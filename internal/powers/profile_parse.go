package powers

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"github.com/BurntSushi/toml"

	"parvis/internal/act"
	"parvis/internal/fault"
)

// longestProfile bounds a document.
const longestProfile = 256 << 10

// ParseProfile reads a document strictly: an unknown key, a value outside its list or a missing field is
// a fault powers.profile.invalid, with one field for each defect, named "line N: key".
func ParseProfile(document []byte) (*Profile, error) {
	if len(document) > longestProfile {
		return nil, fault.New(fault.TooLarge, "powers.profile.too_large")
	}
	defects := fault.New(fault.Invalid, "powers.profile.invalid")
	p := &Profile{}
	meta, err := toml.Decode(string(document), p)
	if bad, ok := errors.AsType[toml.ParseError](err); ok {
		return nil, defects.At(fmt.Sprintf("%d: %s", bad.Position.Line, bad.LastKey), "powers.profile.syntax", "message", bad.Message)
	} else if err != nil {
		return nil, defects.At("1:", "powers.profile.syntax", "message", err.Error())
	}
	c := checker{defects, locate(document)}
	for _, key := range meta.Undecoded() {
		c.at(key.String(), "powers.profile.key_unknown")
	}
	c.profile(p)
	p.Rules = eachRole(p.Rules)
	sum := sha256.Sum256(document)
	p.Digest = hex.EncodeToString(sum[:])
	return p, defects.OrNil()
}

// eachRole makes one rule of each role.
func eachRole(rules []Rule) []Rule {
	var out []Rule
	for _, r := range rules {
		if len(r.Roles) == 0 {
			out = append(out, r)
		}
		for _, role := range r.Roles {
			one := r
			one.Role, one.Roles = role, nil
			out = append(out, one)
		}
	}
	return out
}

// checker gathers the defects of a profile, each with its line.
type checker struct {
	defects *fault.Error
	lines   lines
}

func (c checker) at(key, message string, args ...any) {
	c.defects.At(fmt.Sprintf("%d: %s", c.lines.of(key), key), message, args...)
}

func (c checker) profile(p *Profile) {
	if !isCode(p.Code) {
		c.at("code", "powers.code_invalid", "code", p.Code)
	}
	if p.Edition < 1 {
		c.at("edition", "powers.profile.edition")
	}
	c.needs("name", p.Name.FR)
	c.oneOf("enforcement", string(p.Enforcement), string(act.Indicative), string(act.Controlled), string(act.Blocking))
	c.oneOf("publication.default", p.Publication.Default, string(act.Public), string(act.Internal))
	for key, role := range map[string]string{"steward": p.Steward, "intake.desk": p.Intake.Desk} {
		if _, ok := parseRole(role); !ok {
			c.at(key, "powers.profile.role_unknown", "value", role)
		}
	}
	for _, origin := range p.Intake.Origins {
		c.oneOf("intake.origins", origin, "demand", "supply", "obligation")
	}
	for i, t := range p.Words {
		c.needs(fmt.Sprintf("word[%d].key", i), t.Key)
		c.needs(fmt.Sprintf("word[%d].fr", i), t.FR)
	}
	c.committees(p)
	c.circuits(p)
	c.rules(p)
}

func (c checker) needs(key, value string) {
	if value == "" {
		c.at(key, "powers.profile.missing")
	}
}

func (c checker) oneOf(key, value string, list ...string) {
	if !slices.Contains(list, value) {
		c.at(key, "powers.profile.value_unknown", "value", value)
	}
}

func (c checker) committees(p *Profile) {
	seen := map[string]bool{}
	for i, m := range p.Committees {
		key := fmt.Sprintf("committee[%d]", i)
		if !isCode(m.Code) || seen[m.Code] {
			c.at(key+".code", "powers.code_invalid", "code", m.Code)
		}
		seen[m.Code] = true
		c.needs(key+".name", m.Name.FR)
		c.oneOf(key+".voting", m.Voting, "chair", "consensus", "majority", "two_thirds")
	}
	for i, r := range p.Rules {
		for _, role := range append(r.Roles, r.Role) {
			if (role.form == roleCommittee || role.form == roleMembers) && !seen[role.arg] {
				c.at(fmt.Sprintf("rule[%d].role", i), "powers.profile.committee_unknown", "value", role.arg)
			}
		}
	}
}

func (c checker) rules(p *Profile) {
	seen := map[string]bool{}
	for i := range p.Rules {
		r := &p.Rules[i]
		key := fmt.Sprintf("rule[%d]", i)
		if !isCode(r.Name) || seen[r.Name] {
			c.at(key+".name", "powers.code_invalid", "code", r.Name)
		}
		seen[r.Name] = true
		if len(r.Verbs) == 0 {
			c.at(key+".verbs", "powers.profile.missing")
		}
		for _, v := range r.Verbs {
			if !isPattern(v) {
				c.at(key+".verbs", "powers.pattern_invalid", "value", v)
			}
		}
		c.rule(key, r)
	}
}

func (c checker) rule(key string, r *Rule) {
	c.roles(key, r)
	c.oneOf(key+".mode", string(r.Mode), string(Decides), string(Opinion), string(Visa), string(Informed))
	if r.AmountOver < 0 || r.AmountUpTo < 0 || r.AmountUpTo > 0 && r.AmountOver >= r.AmountUpTo || max(r.AmountOver, r.AmountUpTo) > 1e14 {
		c.at(key+".amount_over", "powers.profile.amounts")
	}
	for name, list := range map[string][]string{"objects": r.Objects, "matters": r.Matters, "except_matters": r.NotMatters, "stages": r.Stages, "territories": r.Territories} {
		if slices.ContainsFunc(list, func(v string) bool { return !isCode(v) }) {
			c.at(key+"."+name, "powers.code_invalid", "code", fmt.Sprint(list))
		}
	}
}

// roles wants role or roles, known, and joint ones only where something is decided.
func (c checker) roles(key string, r *Rule) {
	list, name := r.Roles, key+".roles"
	if len(list) == 0 {
		list, name = []Role{r.Role}, key+".role"
	} else if r.Role.Text != "" {
		c.at(key+".role", "powers.profile.role_twice")
	}
	for _, role := range list {
		if role.form < 0 || role.Text == "" {
			c.at(name, "powers.profile.role_unknown", "value", role.Text)
		} else if role.form == roleAll && r.Mode != Decides {
			c.at(name, "powers.profile.joint_decides")
		} else if role.form == roleSilo {
			c.at(name, "powers.profile.silo_joint", "value", role.Text)
		}
	}
}
