package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"parvis/internal/fault"
)

func TestKindSurvivesWrapping(t *testing.T) {
	inner := fault.New(fault.Conflict, "x.stale", "version", 3)
	err := fmt.Errorf("while saving: %w", inner)
	if got := fault.KindOf(err); got != fault.Conflict {
		t.Errorf("kind %v, want conflict", got)
	}
	if got := fault.KindOf(errors.New("boom")); got != fault.Internal {
		t.Errorf("an unclassified error is %v, want internal", got)
	}
}

func TestErrorNamesKeyArgumentsFieldsAndCause(t *testing.T) {
	err := fault.Wrap(errors.New("disk"), fault.Invalid, "x.bad", "max", 3).At("amount", "x.too_big")
	want := "invalid: x.bad max=3; amount: x.too_big: disk"
	if err.Error() != want {
		t.Errorf("got %q, want %q", err.Error(), want)
	}
}

func TestValidationWithoutFieldsIsNoError(t *testing.T) {
	if err := fault.New(fault.Invalid, "x.form").OrNil(); err != nil {
		t.Errorf("got %v, want nil", err)
	}
	if err := fault.New(fault.Invalid, "x.form").At("a", "k").OrNil(); err == nil {
		t.Error("a field at fault was lost")
	}
}
