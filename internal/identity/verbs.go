package identity

import "parvis/internal/act"

// The verbs of identity: the civic decisions about accounts. All are internal: an account is a person.
const (
	verbGrant    = "identity.account.grant_admin"
	verbWithdraw = "identity.account.withdraw_admin"
	verbDisable  = "identity.account.disable"
	verbEnable   = "identity.account.enable"
	verbReset    = "identity.account.reset_keys"
	verbApply    = "identity.directory.apply"

	verbPrefix = "identity."
)

// privacy is why these acts are not published: they concern a person by name.
const privacy = "CRPA L311-6"

// Verbs lists what identity records.
func Verbs() []act.Verb {
	var list []act.Verb
	for _, name := range []string{verbGrant, verbWithdraw, verbDisable, verbEnable, verbReset, verbApply} {
		list = append(list, act.Verb{Name: name, Force: act.Did, Default: act.Internal, Basis: privacy})
	}
	return list
}
