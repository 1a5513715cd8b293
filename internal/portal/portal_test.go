package portal_test

import (
	"testing"

	"parvis/internal/i18n"
	"parvis/internal/portal"
)

func TestBothLanguagesSayTheSame(t *testing.T) {
	for _, defect := range i18n.Check(portal.Messages) {
		t.Error(defect)
	}
}
