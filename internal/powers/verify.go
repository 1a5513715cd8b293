package powers

import (
	"parvis/internal/act"
	"parvis/internal/id"
)

// VerifyDelegations records that somebody read the register of delegations against the arrêtés and found it right:
// « délégations vérifiées le … ».
func VerifyDelegations(tx *act.Tx, body id.ID) error {
	if _, err := liveBody(tx, body); err != nil {
		return err
	}
	ref := act.Ref{Type: "body", ID: body}
	e, err := begin(tx, act.Ask{Verb: verbVerify, Object: ref})
	if err != nil {
		return err
	}
	e.record(act.Act{Verb: verbVerify, Object: ref, Args: map[string]string{"body": string(body)}})
	return nil
}
